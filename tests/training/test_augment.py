"""Robustness: what people really type, and placeholders in their places."""

from __future__ import annotations

import re
from random import Random

from training import augment
from training.config import DataConfig
from training.epochs import compose
from training.pieces import PLACEHOLDERS
from training.readers import Line


def test_a_lost_full_stop_is_lost_on_both_sides_and_a_question_stays_one() -> None:
    rng = Random(0)
    assert augment.drop_final("I am here.", "我在这里。", rng) == ("I am here", "我在这里")
    assert augment.drop_final("Really?", "真的吗？", rng) == ("Really", "真的吗？")
    assert augment.drop_final("Well...", "嗯……", rng) == ("Well...", "嗯……")
    assert augment.drop_final_zh("好。", "Good.", rng) == ("好", "Good")
    assert augment.drop_final_zh("好吗？", "Okay?", rng) == ("好吗", "Okay?")


def test_apostrophes_go_missing_come_curly_or_set_off() -> None:
    seen = {augment.drop_apostrophes("I don't", "我不", Random(n))[0] for n in range(60)}
    assert seen == {"I dont", "I don’t", "I don 't"}


def test_net_spellings_keep_other_words() -> None:
    seen = {augment.net_spellings("Are you okay with people?", "", Random(n))[0] for n in range(80)}
    assert any("r u" in line for line in seen)
    assert any("ppl" in line for line in seen)
    assert all(line.endswith("?") for line in seen)
    assert augment.net_spellings("youth", "", Random(1))[0] == "youth"


def test_one_letter_is_stretched() -> None:
    for n in range(30):
        line, _ = augment.stretch("so cute yes", "", Random(n))
        assert len(line) > len("so cute yes")
        squeezed = "".join(c for i, c in enumerate(line) if i == 0 or c != line[i - 1])
        assert squeezed == "so cute yes"


def test_distortion_never_empties_a_side() -> None:
    for n in range(200):
        rng = Random(n)
        assert all(augment.distort("Oh!", "哦！", "en", rng))
        assert all(augment.distort("！", "!", "zh", rng))


def test_placeholders_stand_for_the_same_thing_on_both_sides() -> None:
    english, chinese = "Tom paid 25 dollars in Chengdu.", "汤姆在成都付了25美元。"
    assert augment.common_pieces(english, chinese) == [
        ("Tom", "汤姆"), ("25", "25"), ("Chengdu", "成都"),
    ]  # fmt: skip
    for n in range(100):
        en, zh = augment.hold_places(english, chinese, Random(n))
        used = [mark for mark in PLACEHOLDERS if mark in en]
        assert used == [mark for mark in PLACEHOLDERS if mark in zh]
        assert used == list(PLACEHOLDERS[: len(used)])
        assert all(en.count(mark) == zh.count(mark) == 1 for mark in used)
        if "25" not in en:
            assert "25" not in zh


def test_a_number_is_not_held_inside_a_placeholder() -> None:
    for n in range(100):
        en, zh = augment.hold_places("Tom has 1 cat and 2 dogs.", "汤姆有1只猫和2条狗。", Random(n))
        for text in (en, zh):
            assert "⟦⟦" not in text
            assert all(mark in PLACEHOLDERS for mark in re.findall("⟦[^⟧]*⟧", text))


def test_a_number_inside_another_is_not_held() -> None:
    assert augment.common_pieces("I got 2", "我得了12分") == []
    assert augment.common_pieces("It costs 2.5", "要2.50") == []


def test_an_epoch_is_made_of_both_directions_and_synthetic_lines_of_one() -> None:
    own = [Line("own", "Good tea.", "好茶。")]
    other = [Line("bt-zh", "Made up", "真的"), Line("dict", "tea", "茶")]
    plain = DataConfig(own_copies=2, external_share=1, noise=0, placeholders=0)
    triples = list(compose(own, other, plain, Random(1)))
    assert triples.count(("Good tea.", "好茶。", "zh")) == 2
    assert triples.count(("好茶。", "Good tea.", "en")) == 2
    assert ("Made up", "真的", "zh") in triples
    assert ("真的", "Made up", "en") not in triples
    assert len(triples) == 7
