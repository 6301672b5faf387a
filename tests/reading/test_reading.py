"""Explaining Chinese text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helper.errors import InvalidInput


def test_words_slang_and_translation(parts):
    explained = parts.reader.explain("宝子们，这家店绝绝子！😍 yyds #探店")
    words = {word.text: word for s in explained.sentences for word in s.words}
    assert words["绝绝子"].kind == "slang"
    assert words["yyds"].kind == "slang"
    assert {"绝绝子", "yyds"} <= {slang.hanzi for slang in explained.slang}
    assert any(word.pinyin == "diàn" for word in words.values())
    assert explained.translation.target == "en"


def test_dictionary_words_have_short_glosses(parts):
    (word,) = parts.glosser.words("蝴蝶")
    assert "butterfly" in word.gloss
    assert word.pinyin == "hú dié"


@pytest.mark.parametrize(
    ("word", "gloss"),
    [
        ("狗子", "dog"), ("漂漂亮亮", "pretty"), ("开开心心", "to feel happy"), ("尝尝", "to taste a little"), ("笑一笑", "to laugh a little"),
        ("软乎乎", "soft"), ("玩雪", "play + snow"),
    ],
)
def test_a_word_that_no_dictionary_has_is_explained_by_how_it_is_made(parts, word, gloss):
    assert parts.glosser.word(word).gloss == gloss


def test_the_measure_word_is_no_meaning(parts):
    assert parts.glosser.word("雪").gloss == "snow"


def test_an_emoji_with_a_reading_of_its_own(parts):
    words = parts.glosser.words("好的🙂")
    assert any(word.text == "🙂" and word.kind == "slang" for word in words)


def test_a_question_mark_is_slang_only_when_it_is_alone(parts):
    assert all(word.kind != "slang" for word in parts.glosser.words("你是哪里人？"))
    (word,) = parts.glosser.words("？？？")
    assert word.kind == "slang"


def test_a_word_is_not_taken_for_a_variant_of_slang(parts):
    (word,) = parts.glosser.words("可爱")
    assert (word.gloss, word.kind) == ("cute", "word")


def test_english_is_sent_to_compose(parts):
    with pytest.raises(InvalidInput, match="Compose"):
        parts.reader.explain("Hello my friend")


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_words_lose_nothing(parts, text):
    assert "".join(word.text for word in parts.glosser.words(text)) == text
