"""Composing a post: from an English draft to Chinese that one can stand behind.

The public face: ``Composer`` and its result types; ``report`` gives them as JSON-ready dicts.
"""

from helper.captions.composer import Composer, Step
from helper.captions.layouts import Layout, Line
from helper.captions.post import REASONS, ComposedSentence, Draft, Post

__all__ = ["REASONS", "ComposedSentence", "Composer", "Draft", "Layout", "Line", "Post", "Step"]
