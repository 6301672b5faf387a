"""Grading typed pinyin: letters and tones apart, every written form welcome."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from helper.errors import N_
from helper.mandarin.pinyin import NEUTRAL, Syllable, typed_letters, typed_syllables
from helper.practice.contrast import explain, minimal_pair
from helper.practice.notes import Note, Pair, Sound

Spoken = Sequence[tuple[str, Syllable]]

_UNREADABLE = N_("That cannot be read as pinyin; it is %(expected)s.")
_COUNT = N_("You wrote %(given)s syllables, there are %(expected)s: %(pinyin)s.")
_WITH_TONES = N_("Right. With its tones it is %(expected)s.")
_SANDHI = N_("Spoken, the tones change to %(spoken)s.")


@dataclass(frozen=True)
class PinyinGrade:
    """How typed pinyin compares with the right one.

    Attributes:
        letters: whether all letters are right.
        tones: "right", "wrong", or "none" where no tone was typed at all.
        sounds: verdict by syllable.
        notes: explanations, most important first.
        pair: a minimal pair for the first difference.
    """

    letters: bool
    tones: str
    sounds: tuple[Sound, ...]
    notes: tuple[Note, ...] = ()
    pair: Pair | None = None


def grade_pinyin(text: str, dictionary: Spoken, spoken: Spoken | None = None) -> PinyinGrade:
    """Compare ``text`` with the syllables it should have.

    Args:
        text: pinyin with marks, numbers or no tones; spaces, case, apostrophes and hyphens do
            not matter; ü may be ü, v or u:.
        dictionary: (hanzi, syllable) in dictionary tones.
        spoken: the same as spoken; either tone counts as right. None: as the dictionary.
    """
    spoken = spoken or dictionary
    expected = " ".join(syllable.marked for _, syllable in dictionary)
    letters = typed_letters(text)
    spans = _spans(letters, dictionary) if letters else None
    if letters and spans is not None:
        return _graded_tones(_tones(letters, spans), dictionary, spoken)
    typed = typed_syllables(text)
    if typed is None:
        sounds = tuple(Sound(h, s.marked, "", False, "none") for h, s in dictionary)
        return PinyinGrade(False, "none", sounds, (Note(_UNREADABLE, {"expected": expected}),))
    return _graded_letters(
        [Syllable(t.letters, t.tone or 0) for t in typed], dictionary, spoken, expected
    )


def _forms(letters: str) -> set[str]:
    """How a syllable's letters may be typed: ju or jü, lüe or lue."""
    forms = {letters, letters.replace("üe", "ue")}
    if letters[:1] in "jqxy":
        forms |= {letters.replace("ü", "u"), letters.replace("u", "ü", 1)}
    return forms


def _same(letters: str, other: str) -> bool:
    return other in _forms(letters)


def _spans(
    letters: Sequence[tuple[str, str]], dictionary: Spoken
) -> list[tuple[int, int]] | None:
    """Where each syllable stands in ``letters``; None if the letters differ.

    儿 after another hanzi may be a syllable of its own ("er") or the ending "r" (nǎr).
    """
    written = "".join(letter for letter, _ in letters)
    ways: list[tuple[int, list[tuple[int, int]]]] = [(0, [])]
    for n, (hanzi, syllable) in enumerate(dictionary):
        forms = _forms(syllable.letters) | ({"r"} if n and hanzi == "儿" else set())
        ways = [
            (at + len(form), [*spans, (at, at + len(form))])
            for at, spans in ways for form in sorted(forms) if written.startswith(form, at)
        ]
    return next((spans for at, spans in ways if at == len(written)), None)


def _tones(letters: Sequence[tuple[str, str]], spans: Sequence[tuple[int, int]]) -> list[int]:
    """1 to 5 as typed; without a tone of its own 5, or 0 where no tone was typed at all."""
    absent = NEUTRAL if any(tone for _, tone in letters) else 0
    tones: list[int] = []
    for start, end in spans:
        typed = [int(tone) or NEUTRAL for _, tone in letters[start:end] if tone]
        ending = tones and end - start == 1 and letters[start][0] == "r"
        if ending and typed and tones[-1] == NEUTRAL:
            tones[-1:] = [typed[0], NEUTRAL]  # "nar3": the number stands after the ending
        else:
            tones.append(typed[0] if typed else absent)
    return tones


def _allowed(n: int, dictionary: Spoken, spoken: Spoken) -> set[int]:
    hanzi, syllable = dictionary[n]
    allowed = {syllable.tone, spoken[n][1].tone}
    doubled = n and dictionary[n - 1][0] == hanzi
    if doubled or (n and hanzi in "儿不一"):
        allowed.add(NEUTRAL)  # 谢谢, 看一看, 好不好, 哪儿 with and without the weakening
    if hanzi in "一不":
        allowed.add(1 if hanzi == "一" else 4)
    return allowed


def _graded_tones(tones: list[int], dictionary: Spoken, spoken: Spoken) -> PinyinGrade:
    sounds: list[Sound] = []
    notes: list[Note] = []
    pair: Pair | None = None
    for n, tone in enumerate(tones):
        hanzi, syllable = dictionary[n]
        allowed = _allowed(n, dictionary, spoken)
        right = tone in allowed
        verdict = "none" if tone == 0 and allowed != {NEUTRAL} else "right"
        if tone and not right:
            verdict = "wrong"
            given = Syllable(syllable.letters, tone)
            notes += explain(hanzi, syllable, given)
            pair = pair or minimal_pair(hanzi, syllable, given)
        marked = Syllable(syllable.letters, tone).marked if tone else syllable.letters
        sounds.append(Sound(hanzi, syllable.marked, marked, True, verdict))
    verdicts = {sound.tone for sound in sounds}
    overall = "wrong" if "wrong" in verdicts else "none" if "none" in verdicts else "right"
    dictionary_form = " ".join(s.marked for _, s in dictionary)
    spoken_form = " ".join(s.marked for _, s in spoken)
    if overall == "none":
        notes.append(Note(_WITH_TONES, {"expected": dictionary_form}))
    if spoken_form != dictionary_form and overall != "wrong":
        notes.append(Note(_SANDHI, {"spoken": spoken_form}))
    return PinyinGrade(True, overall, tuple(sounds), _unique(notes), pair)


def _graded_letters(
    typed: list[Syllable], dictionary: Spoken, spoken: Spoken, expected: str
) -> PinyinGrade:
    """Some letters differ: line the syllables up and explain each that does not match."""
    matched = _aligned([s.letters for _, s in dictionary], [t.letters for t in typed])
    any_tone = any(t.tone for t in typed)
    sounds: list[Sound] = []
    notes: list[Note] = []
    pair: Pair | None = None
    for n, (hanzi, syllable) in enumerate(dictionary):
        given = typed[matched[n]] if n in matched else None
        if given is None:
            sounds.append(Sound(hanzi, syllable.marked, "", False, "none"))
            continue
        same = _same(syllable.letters, given.letters)
        tone = given.tone or (NEUTRAL if any_tone else 0)
        verdict = "none" if not tone else (
            "right" if tone in _allowed(n, dictionary, spoken) else "wrong"
        )
        if not same or verdict == "wrong":
            compared = Syllable(syllable.letters if same else given.letters, tone or syllable.tone)
            notes += explain(hanzi, syllable, compared)
            pair = pair or minimal_pair(hanzi, syllable, compared)
        marked = Syllable(given.letters, tone).marked if tone else given.letters
        sounds.append(Sound(hanzi, syllable.marked, marked, same, verdict))
    if len(typed) != len(dictionary):
        notes.insert(0, Note(_COUNT, {
            "given": str(len(typed)), "expected": str(len(dictionary)), "pinyin": expected,
        }))
    verdicts = {sound.tone for sound in sounds}
    overall = "wrong" if "wrong" in verdicts else "right" if any_tone else "none"
    return PinyinGrade(False, overall, tuple(sounds), _unique(notes), pair)


def _aligned(wanted: list[str], found: list[str]) -> dict[int, int]:
    """Which typed syllable stands for which wanted one."""
    if len(wanted) == len(found):
        return {n: n for n in range(len(wanted))}
    matched: dict[int, int] = {}
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    for _, start, end, other_start, other_end in matcher.get_opcodes():
        for n, m in zip(range(start, end), range(other_start, other_end), strict=False):
            matched[n] = m
    return matched


def _unique(notes: list[Note]) -> tuple[Note, ...]:
    """The notes without repetitions, in order."""
    return tuple(note for n, note in enumerate(notes) if note not in notes[:n])
