"""What people translated: found exactly, through templates and clause by clause."""

from __future__ import annotations

import pytest
import regex

from helper.translation.memory import normalise


@pytest.fixture(scope="module")
def memory(translator):
    return translator.memory


def curated(book) -> dict[str, set[str]]:
    """Every Chinese wording of the curated pairs by their English."""
    wordings: dict[str, set[str]] = {}
    for pair in book.pairs:
        for en in pair.en:
            wordings.setdefault(normalise(en, "en"), set()).update((pair.zh, *pair.alt))
    return wordings


def test_every_curated_pair_translates_to_itself(memory, book):
    wordings = curated(book)
    for pair in book.pairs:
        for en in pair.en:
            match = memory.find(en, "en")
            assert match is not None, en
            assert match.text in wordings[normalise(en, "en")], en


def test_every_template_fills(memory, book):
    """Each template, filled with a value of its tables, comes out as its own Chinese filled."""
    english = {"name": "Megan", "number": "3", "time": "tomorrow"}
    chinese = {"name": "Megan", "number": "3", "time": "明天"}
    for name in book.names:
        english.setdefault(name.kind, name.en)
        chinese.setdefault(name.kind, name.zh)

    def filled(text: str, values: dict[str, str]) -> str:
        return regex.sub(r"\{([a-z-]+?)\d*\}", lambda m: values[m[1]], text)

    wordings = curated(book)
    for template in book.templates:
        for en in template.en:
            wordings.setdefault(normalise(filled(en, english), "en"), set()).update(
                filled(zh, chinese) for zh in (template.zh, *template.alt)
            )
    for template in book.templates:
        for en in template.en:
            source = filled(en, english)
            match = memory.find(source, "en")
            assert match is not None, source
            assert match.text in wordings[normalise(source, "en")], source


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("I'm From Texas", "我来自得州"),
        ("I'm Megan From Ohio", "我是来自俄亥俄州的Megan"),
        ("I'm Megan", "我是Megan"),
        ("Hi, I'm Mary Ann!", "你好，我是Mary Ann"),
        ("I'm Austin", "我是Austin"),
        ("I'm Grace", "我是Grace"),
        ("My Cat Is Named Cookie", "我家猫叫Cookie"),
    ],
)
def test_names_are_filled_in_also_in_title_case(memory, english, chinese):
    assert memory.find(english, "en").text == chinese


@pytest.mark.parametrize("english", [
    "I'm Going Home", "I'm Still Here", "I'm Done!", "I am Mom", "I'm Texan", "I'm Californian",
    "Welcome Friends", "Thank You Kind Strangers", "Good Night Sweet Dreams",
])
def test_everyday_words_in_title_case_are_no_names(memory, english):
    match = memory.find(english, "en")
    assert match is None or not regex.search(r"[A-Za-z]", match.text)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("I'm from Washington, D.C.", "我来自华盛顿"),
        ("I'm from Washington, DC", "我来自华盛顿"),
        ("I'm from New York, New York", "我来自纽约"),
        ("I'm from New York, NY", "我来自纽约"),
        ("I'm from Dallas, Texas", "我来自得州达拉斯"),
        ("I'm from Buffalo, New York", "我来自纽约州水牛城"),
        ("I'm from Portland, OR", "我来自俄勒冈州波特兰"),
        ("I'm from Seattle, Washington", "我来自华盛顿州西雅图"),
    ],
)
def test_a_place_is_said_once(memory, english, chinese):
    assert memory.find(english, "en").text == chinese


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("哈哈，中国", "Ha ha, China"),
        ("谢谢，小红书", "Thank you, RedNote"),
        ("好的，没关系", "Sure, it's okay"),
        ("好的，英语", "Sure, English"),
    ],
)
def test_a_later_clause_keeps_the_capital_of_a_name_only(memory, chinese, english):
    match = memory.find_clauses(chinese, "zh")
    assert match.text.casefold() == english.casefold()
    assert match.text.split(", ")[1] == english.split(", ")[1]
