"""From a draft to a post, with the real model."""

from __future__ import annotations

import json

import pytest

from helper.captions import Composer, Draft, Layout, Line
from helper.captions.report import check_report, compose_report
from helper.errors import InvalidInput, TooLong
from helper.translation import Translator

DRAFT = Draft("Hi everyone! Here is my cat tax 🐱\n\nSee you tomorrow! #cats #catsofrednote",
              "My first post!")


@pytest.fixture(scope="module")
def composer(parts):
    return parts.composer


@pytest.fixture(scope="module")
def post(composer):
    return composer.compose(DRAFT)


def test_tags_leave_the_text_and_stand_below_it(post):
    assert post.tags == ("#猫", "#catsofrednote")
    assert post.body.endswith("\n\n#猫 #catsofrednote")
    assert "#cats" not in post.chinese


def test_pieces_and_paragraphs_stay(post):
    assert post.chinese.count("🐱") == 1
    assert "\n\n" in post.chinese


def test_every_sentence_is_explained(post):
    said = [s for s in post.sentences if s.says_something]
    assert [s.part for s in said] == ["title", "body", "body", "body"]
    for sentence in said:
        assert sentence.back
        assert "".join(word.text for word in sentence.words) == sentence.sentence.text


def test_limits_count_the_whole_body(post):
    title, body = post.limits
    assert title.most == 20
    assert body.count >= len(post.chinese)


def test_stream_gives_what_compose_gives(composer, post):
    steps = list(composer.stream(DRAFT))
    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    assert steps[-1].number == steps[-1].total
    streamed = composer.finish(DRAFT, [step.sentence for step in steps])
    assert streamed.to_dict() == post.to_dict()


class CountingEngine:
    """The real engine, counting what it is asked for."""

    def __init__(self, engine):
        self._engine, self.asked = engine, 0

    def translate(self, sentences, source, target, alternatives):
        self.asked += len(sentences)
        return self._engine.translate(sentences, source, target, alternatives)

    def score(self, pairs, source, target):
        return self._engine.score(pairs, source, target)

    def placeholders(self, source, target):
        return self._engine.placeholders(source, target)


def test_closing_the_stream_stops_the_work(parts, translator):
    engine = CountingEngine(translator._engine)
    composer = Composer(parts.book, Translator(parts.book, engine), parts.glosser)
    text = " ".join(f"The gardener planted {n} little plums near the lake." for n in range(20, 60))
    steps = composer.stream(Draft(text))
    next(steps)
    next(steps)
    asked = engine.asked
    steps.close()
    assert 0 < asked <= 12
    assert engine.asked == asked


def test_a_draft_of_tags_alone_is_a_post(composer):
    post = composer.compose(Draft("#cats #newhere"))
    assert post.body == "#猫 #新人报到"
    assert post.chinese == ""


def test_digits_alone_are_no_tag(composer):
    post = composer.compose(Draft("My mom is #1"))
    assert post.tags == ()
    assert post.body.endswith("#1")


@pytest.mark.parametrize("text", [
    "I updated to iOS 17.4.1 today", "Born 05.12.1999", f"I counted {'9' * 320} stars",
])
def test_any_digits_are_a_post(composer, text):
    assert composer.compose(Draft(text)).body


def test_title_alone_is_a_post(composer):
    post = composer.compose(Draft(title="Hello"))
    assert post.title
    assert post.body == ""


def test_nothing_is_an_error(composer):
    with pytest.raises(InvalidInput):
        composer.compose(Draft("  \n "))
    with pytest.raises(InvalidInput):
        next(composer.stream(Draft("")))


def test_too_long_is_an_error(composer, translator):
    with pytest.raises(TooLong):
        composer.compose(Draft("a " * translator.max_chars))


def test_rewritten_is_checked_and_keeps_the_translators_wordings(composer):
    found = composer.rewritten(Line("body", "I have 3 cats.", "我有5只猫。"))
    assert found.edited
    assert "number-changed" in found.check.reasons
    assert found.sentence.alternatives
    assert found.sentence.text not in found.sentence.alternatives


def test_again_follows_the_new_english(composer):
    found = composer.again(Line("body", "I have 4 dogs.", "我有3只猫。", " ", "\n"))
    assert "4" in found.sentence.text or "四" in found.sentence.text
    assert (found.sentence.before, found.sentence.after) == (" ", "\n")


def test_net_english_is_shown(composer):
    post = composer.compose(Draft("ngl I am so nervous"))
    assert "ngl" in [r.written.strip(" ,") for s in post.sentences for r in s.readings]


def test_a_tag_inside_the_text_is_not_suggested_again(composer):
    post = composer.compose(Draft("Look at my #cats today, such a cute cat!"))
    assert "#猫" in post.chinese
    assert "#猫" not in [found.text for found in post.suggestions]


def test_near_matches_are_offered_not_used(composer):
    post = composer.compose(Draft("Nice to meets you"))
    (sentence,) = post.sentences
    assert sentence.near
    assert all(match.text != sentence.sentence.text for match in sentence.near)


def test_layouts(composer):
    both = composer.compose(Draft("Good morning!", layout=Layout.BOTH)).body
    lines = composer.compose(Draft("Good morning!", layout=Layout.LINES)).body
    assert both.endswith("\n\nGood morning!")
    assert lines.endswith("\nGood morning!")
    assert lines.count("\n") == 1


def test_compose_report_is_json(composer):
    report = compose_report(composer, "Good morning! #cats", "Hi", "lines", "food")
    assert json.loads(json.dumps(report))["tags"] == ["#猫", "#美食"]
    assert report["layout"] == "lines"
    with pytest.raises(InvalidInput):
        compose_report(composer, "Hi", layout="sideways")


def test_check_report_translates_nothing_and_blocks_nothing(composer):
    report = check_report(composer, "加微信 #cats", "标题")
    assert report["ok"]
    assert report["rules"][0]["rule"] == "rule.contact"
    assert report["tags"][0]["tag"] == "#猫"
    assert not check_report(composer, "好" * 1001)["ok"]
    with pytest.raises(InvalidInput):
        check_report(composer, " ")
