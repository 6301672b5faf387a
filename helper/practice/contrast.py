"""How two syllables differ, said so that an English speaker can hear and make the difference."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from helper.errors import N_
from helper.mandarin.pinyin import NEUTRAL, Syllable
from helper.practice.notes import Note, Pair

_INITIAL = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.*)")

TONE_HINTS = {
    1: N_("Tone 1 is high and level, as if you hold a note."),
    2: N_("Tone 2 rises, as when you ask “what?”."),
    3: N_("Tone 3 stays low; only at the end of a phrase does it come up again."),
    4: N_("Tone 4 falls sharply, like a firm “no!”."),
    5: N_("The neutral tone is short and light; it leans on the syllable before it."),
}

_SOUND_HINTS = {
    frozenset({"zh", "z"}): N_("zh: curl the tip of the tongue back; z: tip behind the teeth."),
    frozenset({"ch", "c"}): N_("ch: curl the tongue back; c: like “ts” in “cats”, with a puff."),
    frozenset({"sh", "s"}): N_("sh: curl the tongue back; s: tip of the tongue behind the teeth."),
    frozenset({"j", "zh"}): N_("j: smile, tongue flat and forward; zh: tongue curled back."),
    frozenset({"q", "ch"}): N_("q: smile, tongue flat, a puff of air; ch: tongue curled back."),
    frozenset({"x", "sh"}): N_("x: smile, tongue flat, a soft hiss; sh: tongue curled back."),
    frozenset({"j", "q"}): N_("j has no puff of air; q has a strong one."),
    frozenset({"q", "x"}): N_("q begins with a closed “t”; x only hisses."),
    frozenset({"z", "c"}): N_("z has no puff of air; c has a strong one."),
    frozenset({"zh", "ch"}): N_("zh has no puff of air; ch has a strong one."),
    frozenset({"b", "p"}): N_("b has no puff of air; p has a strong one."),
    frozenset({"d", "t"}): N_("d has no puff of air; t has a strong one."),
    frozenset({"g", "k"}): N_("g has no puff of air; k has a strong one."),
    frozenset({"c", "k"}): N_("Pinyin c is “ts”, never “k”."),
    frozenset({"r", "l"}): N_("r: tongue curled back, nearly “zh” with voice; l as in “love”."),
    frozenset({"n", "l"}): N_("n lets the air out through the nose, l along the tongue."),
    frozenset({"h", "f"}): N_("h comes from the throat, f from lip and teeth."),
}
_NASAL = N_("-n ends with the tongue at the teeth; -ng stays at the back, as in “sing”.")
_ROUND = N_("ü: say “ee” and round your lips; u: like “oo”.")
_LETTERS = N_("Sound: you wrote %(given)s, it is %(expected)s (%(hanzi)s).")
_TONE = N_("Tone: you gave %(given)s tone %(given_tone)s, it has tone %(tone)s: %(expected)s.")
_NO_TONE = N_("Tone: you gave %(given)s no tone, it has tone %(tone)s: %(expected)s.")
_TONE_SOUND = N_("Tone: %(hanzi)s is %(expected)s, tone %(tone)s, not tone %(given_tone)s.")


def parts(letters: str) -> tuple[str, str]:
    """Initial ("" if none) and final of a toneless syllable."""
    match = _INITIAL.fullmatch(letters)
    return (match[1], match[2]) if match else ("", letters)


def explain(hanzi: str, expected: Syllable, given: Syllable) -> tuple[Note, ...]:
    """What sets ``given`` apart from ``expected``, the sound first, then the tone."""
    notes: list[Note] = []
    if expected.letters != given.letters:
        notes.append(Note(_LETTERS, {
            "given": given.letters, "expected": expected.letters, "hanzi": hanzi,
        }))
        hint = _sound_hint(expected.letters, given.letters)
        if hint:
            notes.append(Note(hint))
    elif expected.tone != given.tone:
        notes.append(Note(_NO_TONE if given.tone == NEUTRAL else _TONE, {
            "given": given.letters, "given_tone": str(given.tone),
            "tone": str(expected.tone), "expected": expected.marked,
        }))
        notes.append(Note(TONE_HINTS[expected.tone]))
    return tuple(notes)


def explain_tone(hanzi: str, expected: Syllable, tone: int) -> tuple[Note, ...]:
    """As ``explain``, for a tone that was heard and marked wrongly."""
    if tone == expected.tone:
        return ()
    return (
        Note(_TONE_SOUND, {
            "hanzi": hanzi, "expected": expected.marked,
            "tone": str(expected.tone), "given_tone": str(tone),
        }),
        Note(TONE_HINTS[expected.tone]),
    )


def _sound_hint(expected: str, given: str) -> str:
    (initial, final), (other_initial, other_final) = parts(expected), parts(given)
    if initial != other_initial:
        return _SOUND_HINTS.get(frozenset({initial, other_initial}), "")
    if final.replace("ng", "n") == other_final.replace("ng", "n"):
        return _NASAL
    if final.replace("ü", "u") == other_final.replace("ü", "u"):
        return _ROUND
    return ""


@functools.cache
def _hanzi_by_syllable() -> dict[str, str]:
    text = (Path(__file__).parent / "syllables.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {line[0]: line[1] for line in lines}


def common_hanzi() -> tuple[str, ...]:
    """Every hanzi that may stand in a minimal pair."""
    return tuple(_hanzi_by_syllable().values())


def hanzi_for(syllable: Syllable) -> str:
    """A common hanzi that is read like ``syllable``; "" if there is none."""
    return _hanzi_by_syllable().get(syllable.numbered, "")


def minimal_pair(hanzi: str, expected: Syllable, given: Syllable) -> Pair | None:
    """``hanzi`` beside a common hanzi that is read as ``given``; None if no hanzi is read so.

    Where the two differ in letters, the pair takes the expected tone, so that it differs in
    the sound alone; syllables with neither initial nor final in common make no pair.
    """
    if expected.letters != given.letters:
        (initial, final), (other_initial, other_final) = map(
            parts, (expected.letters, given.letters)
        )
        if initial != other_initial and final != other_final:
            return None
        given = Syllable(given.letters, expected.tone)
    if expected == given or given.tone == NEUTRAL:
        return None
    other = hanzi_for(given)
    if not other or other == hanzi:
        return None
    return Pair(hanzi, expected.marked, other, given.marked)
