"""Every kind of exercise on every phrase: repeatable, answerable, and strict."""

from __future__ import annotations

import pytest

from helper.errors import InvalidInput
from helper.practice.deck import Deck, own_item
from helper.practice.exercises import Form, by_kind, kinds

KINDS = [exercise.kind for exercise in kinds()]


@pytest.fixture(scope="module")
def deck(content):
    return Deck(content)


def test_all_kinds_of_the_issue_are_there():
    assert set(KINDS) == {
        "choose-meaning", "choose-hanzi", "type-pinyin", "listen-choose", "listen-tones",
        "word-order", "fill-word", "say-it", "recall", "reply",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_fitting_phrase_can_be_asked_and_answered(kind, deck):
    exercise = by_kind(kind)
    fitting = [item for item in map(deck.item, deck.ids) if exercise.fits(item)]
    assert len(fitting) > 100
    for n, item in enumerate(fitting):
        question = exercise.ask(item, deck, n)
        assert question == exercise.ask(item, deck, n)
        if question.form == Form.SELF:
            assert exercise.grade(question, item, deck, ("3",)).right
            assert not exercise.grade(question, item, deck, ("1",)).right
            continue
        right = exercise.grade(question, item, deck, question.expected)
        assert (right.right, right.rating) == (True, 3), item.id
        nothing = exercise.grade(question, item, deck, ())
        assert (nothing.right, nothing.rating) == (False, 1), item.id
        if question.form == Form.CHOICE:
            values = [option.value for option in question.options]
            assert len(values) == len(set(values)) == 4, item.id
            assert question.options[question.position].value == question.expected[0]
            for value in values:
                verdict = exercise.grade(question, item, deck, (value,))
                assert verdict.right == (value == question.expected[0])
                assert verdict.right or verdict.notes


@pytest.mark.parametrize("kind", KINDS)
def test_the_right_option_moves(kind, deck):
    exercise = by_kind(kind)
    item = next(i for i in map(deck.item, deck.ids) if exercise.fits(i))
    if exercise.form == Form.CHOICE:
        assert {exercise.ask(item, deck, seed).position for seed in range(40)} == {0, 1, 2, 3}


def test_a_wrong_choice_says_what_was_chosen(deck):
    exercise = by_kind("choose-meaning")
    item = deck.item("first-hello.everyone")
    question = exercise.ask(item, deck, 1)
    other = next(o.value for o in question.options if o.value != item.id)
    verdict = exercise.grade(question, item, deck, (other,))
    assert deck.item(other).hanzi in str(verdict.notes[0])
    assert item.english in str(verdict.notes[1])


def test_right_letters_with_wrong_tones_are_hard_not_forgotten(deck):
    exercise = by_kind("type-pinyin")
    item = own_item("own.x", "买猫", "", "buy a cat")
    question = exercise.ask(item, deck, 0)
    assert exercise.grade(question, item, deck, ("mai3 mao1",)).rating == 3
    assert exercise.grade(question, item, deck, ("mai mao",)).rating == 3
    verdict = exercise.grade(question, item, deck, ("mai4 mao1",))
    assert (verdict.right, verdict.rating) == (True, 2)
    assert [s.tone for s in verdict.sounds] == ["wrong", "right"]
    assert exercise.grade(question, item, deck, ("mei3 mao1",)).rating == 1


def test_tones_by_ear_take_spoken_and_dictionary_tones(deck):
    exercise = by_kind("listen-tones")
    item = own_item("own.x", "你好吗", "", "how are you")
    question = exercise.ask(item, deck, 0)
    assert question.expected == ("2", "3", "5")
    assert question.syllables == ("ni", "hao", "ma")
    assert exercise.grade(question, item, deck, ("3", "3", "5")).right
    one_off = exercise.grade(question, item, deck, ("2", "4", "5"))
    assert (one_off.right, one_off.rating) == (False, 2)
    assert one_off.pair.wrong_pinyin == "hào"
    with pytest.raises(InvalidInput):
        exercise.grade(question, item, deck, ("2", "9", "5"))


def test_word_order_explains_the_first_wrong_place(deck):
    exercise = by_kind("word-order")
    item = deck.item("first-hello.new-here")
    question = exercise.ask(item, deck, 0)
    assert [o.value for o in question.options] != list(question.expected)
    verdict = exercise.grade(question, item, deck, ("我", "新", "是", "来", "的"))
    assert not verdict.right
    text = " ".join(map(str, verdict.notes))
    assert "Word 2 is 是" in text
    assert "Word for word" in text


def test_an_own_word_is_asked_in_the_ways_that_fit_it():
    item = own_item("own.x", "加油", "jiā yóu", "go for it")
    fitting = {exercise.kind for exercise in kinds() if exercise.fits(item)}
    assert fitting == {
        "choose-meaning", "choose-hanzi", "type-pinyin", "listen-choose", "listen-tones",
        "say-it", "recall",
    }
