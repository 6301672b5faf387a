"""Typed pinyin: every legal syllable in every written form, every wrong tone told apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helper.mandarin.pinyin import Syllable, legal_syllables
from helper.practice.deck import own_item
from helper.practice.grading import grade_pinyin

SYLLABLES = st.builds(
    Syllable, st.sampled_from(sorted(legal_syllables())), st.integers(1, 5)
)
PHRASES = st.lists(SYLLABLES, min_size=1, max_size=6)


def written(syllable: Syllable, form: str) -> str:
    """One syllable in one written form."""
    number = "" if syllable.tone == 5 else str(syllable.tone)
    return {
        "mark": syllable.marked,
        "upper": syllable.marked.upper(),
        "number": syllable.numbered,
        "number-ü": f"{syllable.letters}{syllable.tone}",
        "number-u:": f"{syllable.letters.replace('ü', 'u:')}{syllable.tone}",
        "no-five": f"{syllable.plain}{number}",
        "zero": f"{syllable.plain}{syllable.tone % 5}",
    }[form]


FORMS = ("mark", "upper", "number", "number-ü", "number-u:", "no-five", "zero")


def spoken(syllables):
    return [("某", syllable) for syllable in syllables]


@settings(max_examples=400, deadline=None)
@given(PHRASES, st.sampled_from(FORMS), st.sampled_from((" ", "-", "'", "")))
def test_every_written_form_is_accepted(syllables, form, between):
    text = between.join(written(syllable, form) for syllable in syllables)
    grade = grade_pinyin(text, spoken(syllables))
    assert grade.letters, text
    if any(syllable.tone != 5 for syllable in syllables) or form in {"number", "zero"}:
        assert grade.tones == "right", text


@settings(max_examples=200, deadline=None)
@given(PHRASES, st.sampled_from((" ", "")))
def test_without_tones_the_letters_count_alone(syllables, between):
    grade = grade_pinyin(between.join(s.plain for s in syllables), spoken(syllables))
    assert grade.letters
    assert grade.tones == ("right" if all(s.tone == 5 for s in syllables) else "none")


def test_every_legal_syllable_one_by_one():
    for letters in legal_syllables():
        for tone in range(1, 6):
            syllable = Syllable(letters, tone)
            for form in FORMS:
                grade = grade_pinyin(written(syllable, form), [("某", syllable)])
                assert grade.letters, (letters, tone, form)
                assert grade.tones != "wrong", (letters, tone, form)


@settings(max_examples=400, deadline=None)
@given(PHRASES, st.data(), st.sampled_from(("mark", "number")))
def test_every_wrong_tone_is_told_apart(syllables, data, form):
    place = data.draw(st.integers(0, len(syllables) - 1))
    right = syllables[place]
    tone = data.draw(st.sampled_from([t for t in range(1, 6) if t != right.tone]))
    typed = list(syllables)
    typed[place] = Syllable(right.letters, tone)
    dictionary = [(f"某{n}", s) for n, s in enumerate(syllables)]
    text = " ".join(written(s, form) for s in typed)
    if not any(s.tone != 5 for s in typed) and form == "mark":
        return  # no mark anywhere is an answer without tones
    grade = grade_pinyin(text, dictionary)
    assert grade.letters
    assert grade.tones == "wrong"
    assert [s.tone for s in grade.sounds] == [
        "wrong" if n == place else "right" for n in range(len(syllables))
    ]
    assert grade.notes


def grade(hanzi: str, text: str):
    item = own_item("own.test", hanzi, "", "?")
    return grade_pinyin(text, item.syllables, item.spoken_syllables)


@pytest.mark.parametrize(("hanzi", "text"), [
    ("你好", "ni3hao3"), ("你好", "ní hǎo"), ("一样", "yi2 yang4"), ("一样", "yī yàng"),
    ("不是", "bù shì"), ("不是", "bu2shi4"), ("女儿", "nu:3er2"),
    ("哪儿", "nar3"), ("哪儿", "nǎ'ér"), ("西安", "xi1an1"), ("谢谢", "xièxie"),
])
def test_dictionary_and_spoken_tones_are_both_right(hanzi, text):
    found = grade(hanzi, text)
    assert found.letters
    assert found.tones == "right"


@pytest.mark.parametrize(("hanzi", "text", "hint", "other"), [
    ("中", "zong1", "curl the tip", "zōng"),
    ("绿", "lu4", "round your lips", "lù"),
    ("新", "xing1", "ends with the tongue at the teeth", "xīng"),
    ("七", "chi1", "smile", "chī"),
    ("买", "mai4", "Tone 3 stays low", "mài"),
])
def test_a_difference_is_explained_with_a_minimal_pair(hanzi, text, hint, other):
    found = grade(hanzi, text)
    assert any(hint in str(note) for note in found.notes)
    assert (found.pair.wrong_pinyin if found.pair else "") == other


@pytest.mark.parametrize("text", ["hello there", "你好", "123", "", "ni\x00", "x" * 500])
def test_what_is_no_pinyin_is_wrong_and_says_so(text):
    found = grade("你好", text)
    assert not found.letters
    assert found.notes
