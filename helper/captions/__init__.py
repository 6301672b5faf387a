"""Composing a post: from an English draft to Chinese that one can stand behind."""

from helper.captions.composer import Composer

__all__ = ["Composer"]
