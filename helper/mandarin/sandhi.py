"""Tone sandhi: how dictionary tones change in the mouth.

The rules are those of every textbook (for example Chao, "A Grammar of Spoken Chinese", 1.3.4):
a third tone before a third tone rises; 不 is bú before a fourth tone; 一 is yí before a fourth
tone and yì before the others, but keeps its first tone as a number or an ordinal and at the end.
"""

from __future__ import annotations

from collections.abc import Sequence

NEUTRAL = 5
# After these 一 counts or closes a word (第一, 星期一, 统一), so it keeps its tone.
_COUNTS_AFTER = frozenset("第十百千万零〇二三四五六七八九期周初统唯之专")
# Before these 一 is the name of a day, month, floor… (一月, 一号, 一楼).
_COUNTS_BEFORE = frozenset("月号日楼二三四五六七八九十〇零")
# Said with a neutral tone but counting as the tone they once had (一个 yí ge).
_HIDDEN = {"个": 4, "下": 4}


def spoken_tones(hanzi: Sequence[str], tones: Sequence[int]) -> list[int]:
    """The spoken tones of one unbroken run of hanzi.

    Args:
        hanzi: the characters, one each.
        tones: their dictionary tones, 1 to 5 (5 is neutral); 一 and 不 may come in any tone.

    Returns:
        As many tones, changed by the rules above.
    """
    result = [_base(character, tone) for character, tone in zip(hanzi, tones, strict=True)]
    base = list(result)
    for i, character in enumerate(hanzi):
        following = hanzi[i + 1] if i + 1 < len(hanzi) else ""
        if not following or result[i] == NEUTRAL:
            continue
        heard = _HIDDEN.get(following, NEUTRAL) if base[i + 1] == NEUTRAL else base[i + 1]
        between_same = i > 0 and hanzi[i - 1] == following
        if character == "不" or (character == "一" and not _counts(hanzi, i)):
            result[i] = NEUTRAL if between_same else 2 if heard == 4 else 4
    _third_tones(result)
    return result


def _base(character: str, tone: int) -> int:
    if tone != NEUTRAL:
        tone = {"一": 1, "不": 4}.get(character, tone)
    return tone


def _counts(hanzi: Sequence[str], i: int) -> bool:
    before = hanzi[i - 1] if i else ""
    following = hanzi[i + 1]
    return (
        before in _COUNTS_AFTER
        or before == "一"
        or following in _COUNTS_BEFORE
        or following == "一"
    )


def _third_tones(tones: list[int]) -> None:
    """Third tones in a row: pairs from the left, a rest of three rises twice."""
    i = 0
    while i < len(tones):
        size = 0
        while i + size < len(tones) and tones[i + size] == 3:
            size += 1
        at = 0
        while size - at >= 2:
            step = 3 if size - at == 3 else 2
            tones[i + at : i + at + step - 1] = [2] * (step - 1)
            at += step
        i += size or 1
