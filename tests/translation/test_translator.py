"""Captions through the whole pipeline, with the real bundled model."""

from __future__ import annotations

import pytest
import regex

from helper.errors import InvalidInput, TooLong, UnknownLanguage
from helper.translation import Origin
from helper.translation.protect import pieces


def test_a_caption_keeps_its_emoji_tags_mentions_links_and_line_breaks(translator):
    text = (
        "Hi everyone! 😊 I'm Megan from Ohio.\n\nThis is my dog 🐶 @lily.w look at him "
        "https://example.com/a?b=c\n#catsofrednote #新人报道[话题]#"
    )
    result = translator.translate(text)
    assert (result.source, result.target) == ("en", "zh")
    assert pieces(result.text) == pieces(text)
    assert result.text.count("\n") == text.count("\n")
    assert result.text.split("\n")[1] == ""
    assert "俄亥俄" in result.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello!", "你好！"),
        ("HELLO", "你好"),
        ("I'm Megan from Ohio", "我是来自俄亥俄州的Megan"),
        ("i am Tyler from texas.", "我是来自得州的Tyler"),
    ],
)
def test_what_people_translated_is_used(translator, text, expected):
    result = translator.translate(text, "zh")
    assert result.origin == "memory"
    assert result.text.rstrip("。！").startswith(expected.rstrip("！"))


def test_names_come_out_right(translator):
    result = translator.translate("I moved to San Francisco from Chicago.", "zh")
    assert "旧金山" in result.text
    assert "芝加哥" in result.text


def test_net_english_is_read(translator):
    result = translator.translate("ngl i looove this soooo much", "zh")
    assert {"ngl", "looove", "soooo"} <= {written.strip() for written, _ in result.readings}
    assert not any(c.isascii() and c.isalpha() for c in result.text)


def test_chinese_to_english_with_slang(translator):
    result = translator.translate("你好呀！这只猫yyds😍", "en")
    assert (result.source, result.target) == ("zh", "en")
    assert "😍" in result.text
    assert not any("\u4e00" <= c <= "\u9fff" for c in result.text)


def test_both_languages_in_one_text(translator):
    result = translator.translate("My cat is 可爱", "zh")
    assert "可爱" in result.text
    assert translator.translate("这个 vlog 太好看了", "en").target == "en"


def test_nothing_to_translate_stays(translator):
    for text in ("😊😊", "#cats", "https://example.com/x", "12345", "!!!"):
        result = translator.translate(text, "zh")
        assert result.text == text
        assert result.sentences[0].origin is Origin.UNCHANGED


def test_results_carry_their_reasons(translator):
    result = translator.translate("The squirrel stole my sandwich at the park yesterday.", "zh")
    data = result.to_dict()
    assert {"source", "translation", "alternatives", "confidence", "origin", "warnings"} <= set(
        data
    )
    assert 0 <= data["confidence"] <= 1
    assert len(data["alternatives"]) <= 3
    assert data["basis"]
    assert result.text not in result.alternatives


@pytest.mark.parametrize("text", ["", "   \n ", "\u200b\u200e", "\ud800"])
def test_no_text_is_a_clear_mistake(translator, text):
    with pytest.raises(InvalidInput, match="no text"):
        translator.translate(text)


def test_a_text_that_is_too_long_is_refused(translator):
    with pytest.raises(TooLong, match="5001"):
        translator.translate("a" * 5001)


@pytest.mark.parametrize("code", ["xx", "EN", "zh-Hant-XX", "'; drop"])
def test_unknown_languages_are_refused(translator, code):
    with pytest.raises(UnknownLanguage):
        translator.translate("hello", code)


def test_a_long_text_is_translated_whole(translator):
    text = "I love this little town by the sea, and the people are kind. " * 60
    result = translator.translate(text[:5000], "zh")
    assert len(result.sentences) >= 55
    assert all(s.text for s in result.sentences)


def test_many_texts_at_once_equal_one_by_one(translator):
    texts = ["Good morning!", "My dog ate my homework.", "", "你好"]
    many = translator.translate_many(texts)
    assert isinstance(many[2], InvalidInput)
    for text, result in zip(texts, many, strict=True):
        if text:
            assert result.text == translator.translate(text).text


def test_streaming_gives_the_same_translation(translator):
    text = "Good morning! My dog is 3 years old. He loves the snow."
    found = list(translator.stream(text, "zh"))
    assert [number for number, _, _ in found] == [1, 2, 3]
    whole = translator.assemble(text, [sentence for _, _, sentence in found], "zh")
    assert whole.text == translator.translate(text, "zh").text


def test_a_town_and_its_state_stand_in_chinese_order(translator):
    assert translator.translate("I'm from Dallas, Texas", "zh").text == "我来自得州达拉斯"
    inside = translator.translate("I moved to Buffalo, New York last week.", "zh")
    assert "纽约州水牛城" in inside.text


@pytest.mark.parametrize(("text", "code"), [
    ("Thank you so much", "en"), ("Hi!  Megan 😊\n#cats @lily", "en"), ("谢谢。 你好呀！", "zh"),
])
def test_a_text_in_the_language_asked_for_comes_back_unchanged(translator, text, code):
    result = translator.translate(text, code, code)
    assert result.text == text
    assert result.alternatives == ()
    assert result.sentences[0].origin is Origin.UNCHANGED


@pytest.mark.parametrize("text", ["meet at 5pm ⟦3⟧ ok", "⟦1⟧ I saw 火锅 ⟦9⟧ at 5pm", "⟦0⟧"])
def test_brackets_of_the_writers_own_are_no_placeholders(translator, text):
    (result,) = translator.translate_many([text], "zh", "en")
    assert result.text
    assert "⟦" not in result.text


def test_emoji_stay_where_they_are_beside_hanzi(translator):
    result = translator.translate("Trying 火锅 today 🔥 so good", "zh", "en")
    assert result.text.index("火锅") < result.text.index("🔥")


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("妳的貓好可愛，請問牠幾歲了？", "你的猫好可爱，请问它几岁了？"),
        ("歡迎來到中國，祝你們玩得開心", "欢迎来到中国，祝你们玩得开心"),
    ],
)
def test_traditional_characters_are_read_as_simplified_ones(translator, traditional, simplified):
    result = translator.translate(traditional, "en")
    assert result.text == translator.translate(simplified, "en").text
    assert result.sentences[0].source == traditional


def test_a_label_is_a_label_only_by_itself(translator):
    assert translator.translate("Back", "zh").text == "返回"
    assert translator.translate("First!", "zh").text == "沙发！"
    longer = translator.translate("First. Coffee. Back, finally!", "zh")
    assert not {"沙发", "返回"} & set(regex.findall(r"沙发|返回", longer.text))
    assert "赞" not in translator.translate("So cute, like, seriously", "zh").text


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("• Thank you", "• 谢谢！"),
        ('"Thank you!"', "“谢谢！”"),
        ("1) Good morning", "1) 早上好"),
    ],
)
def test_list_marks_and_quotation_marks_stay(translator, english, chinese):
    assert translator.translate(english, "zh").text.rstrip("！") == chinese.rstrip("！")


def test_every_line_of_a_list_keeps_its_mark(translator):
    lines = translator.translate("- eggs\n- milk\n- 2 loaves of bread\n2) Drink water", "zh").text
    assert [line.split(" ")[0] for line in lines.split("\n")] == ["-", "-", "-", "2)"]
    assert translator.translate("- 鸡蛋", "en").text.startswith("- ")


@pytest.mark.parametrize(("text", "said", "never"), [
    ("Our wedding is Oct 5 at 4 pm", "10月5日下午4点", "点下午"),
    ("See you on May 5 at 7 pm!", "5月5日晚上7点", "点点"),
    ("The show is Friday at 8pm", "周五晚上8点", "点点"),
    ("I got up at 6:30 am ☀️ and ran", "早上6点半起床", "半点"),
    ("We're open 9am-5pm", "上午9点到下午5点", "凌晨"),
    ("It's -10 degrees here.", "零下10度", "度度"),
    ("It takes 1-2 hours", "1到2", "12"),
    ("We won 3-2", "3比2", "32"),
    ("1/2 cup of sugar", "半杯糖", "12"),
    ("I'm 5'4\"", "5英尺4英寸", "岁"),
    ("I rate it 10/10", "10/10", "1010"),
    ("It costs $10-15", "$10-15", "1015"),
    ("Room 305 is mine", "305", "岁"),
    ("Bake at 350°F for 25 minutes", "350华氏度", "点"),
    ("COVID-19 changed my life", "COVID-19", "岁"),
])
def test_numbers_keep_their_signs_and_get_no_units(translator, text, said, never):
    result = translator.translate(text, "zh")
    assert said in result.text
    assert never not in result.text
    assert "number-changed" not in result.warnings


def test_a_part_of_the_day_is_not_made_up(translator):
    result = translator.translate("See you at 7:00", "zh")
    invented = any(part in result.text for part in ("凌晨", "早上", "上午", "下午", "晚上", "半"))
    assert not invented or "number-changed" in result.warnings
