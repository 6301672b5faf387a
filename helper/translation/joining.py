"""Putting sentences and clauses together again, and tidying what an engine wrote."""

from __future__ import annotations

from collections.abc import Callable

import regex

from helper.mandarin import script
from helper.translation import polish, protect
from helper.translation.result import Sentence


def whole_text(found: list[Sentence], target: str, pick: Callable[[Sentence], str]) -> str:
    """Join sentences with the white space they need in the target language."""
    result, gap = "", ""
    for sentence in found:
        text = pick(sentence)
        gap += sentence.before
        if result and text and "\n" not in gap:
            if target == "zh" and gap.strip(" ") == "" and not text.startswith(("#", "@", "http")) \
                    and (result[-1] in "。！？…～，" or script.is_hanzi(text[0])):
                gap = ""
            elif target == "en" and not gap and text[0].isalnum() and not result[-1].isspace():
                gap = " "
            if not gap and protect.needs_space(result, text[0]):
                gap = " "
        result += gap + text
        gap = sentence.after
    return result + gap


def join_clauses(parts: list[str], target: str) -> str:
    if target == "en":
        return " ".join(part.strip() for part in parts)
    result = ""
    for part in parts:
        part = part.strip()
        if result and regex.search(r"[。.]$", result):
            result = result[:-1] + "，"
        elif result and not regex.search(r"[，。！？；：、…]$", result):
            result += "，"
        result += part
    return result


def tidy(text: str, target: str) -> str:
    """An engine's raw hypothesis with the pieces it invented taken out and punctuation right."""
    text = "".join(
        part.text for part in protect.parts(text)
        if part.piece is None or part.piece.kind not in {"emoji", "kaomoji", "hashtag", "mention",
                                                         "link", "email", "sticker"}
    )
    return polish.chinese(text) if target == "zh" else polish.english(text)
