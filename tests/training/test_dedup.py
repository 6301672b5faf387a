"""Near-duplicates, within training data and across the splits."""

from __future__ import annotations

from training.dedup import HeldOut, Seen, near_keys

LONG = "we went to the lake on a warm evening"


def near(one: str, other: str) -> bool:
    return bool(set(near_keys(one)) & set(near_keys(other)))


def test_one_word_more_less_or_other_is_near() -> None:
    assert near(LONG, LONG.replace("warm", "cold"))
    assert near(LONG, LONG.replace("warm ", ""))
    assert near(LONG.replace("warm ", ""), LONG)
    assert near(LONG, LONG.upper() + "!")
    assert not near(LONG, "we drove to the lake on a cold evening")


def test_short_lines_are_near_only_themselves() -> None:
    assert not near("I like green tea", "I like black tea")
    assert near("I like green tea", "i like green tea.")


def test_no_training_pair_resembles_a_held_out_one() -> None:
    held = HeldOut([(LONG, "一个暖和的傍晚我们去了湖边。"), ("Thank you.", "谢谢。")])
    assert held.resembles(LONG.replace("lake", "beach"), "完全不同")
    assert held.resembles("Something else entirely", "一个暖和的傍晚，我们去了湖边")
    assert held.resembles("thank you", "谢谢！")
    assert not held.resembles("thank you", "多谢你。")
    assert not held.resembles("The lake was warm that evening", "那天傍晚湖水很暖")


def test_repetitions_go_and_other_translations_stay() -> None:
    seen = Seen()
    assert not seen.repeats("Good night.", "晚安。")
    assert seen.repeats("good night", "晚安！")
    assert not seen.repeats("Good night.", "晚上好好休息。")
    assert seen.repeats("Good night.", "睡个好觉。")
    assert not seen.repeats(LONG, "我们去了湖边。")
    assert seen.repeats(LONG.replace("warm", "nice"), "我们去了湖边。")
