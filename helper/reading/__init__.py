"""Explaining Chinese text: every word with its pinyin and meaning, slang included."""

from helper.reading.reader import Explained, ExplainedSentence, Reader

__all__ = ["Explained", "ExplainedSentence", "Reader"]
