"""The pipeline's parts on their own: sentences, polish, checks, net English, numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helper.translation import checks, netspeak, numbers, polish, sentences
from helper.translation.fixed import FixedTerms
from helper.translation.result import Warning
from phrasebook import phrasebook
from phrasebook.types import NetSpeak


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hi! How are you?", ["Hi!", "How are you?"]),
        ("Dr. Smith is here. He's nice.", ["Dr. Smith is here.", "He's nice."]),
        ("It costs 3.50 today. Wow.", ["It costs 3.50 today.", "Wow."]),
        ("I live in the U.S. and love it.", ["I live in the U.S. and love it."]),
        ("so... yeah", ["so... yeah"]),
        ("你好！我是新来的。你呢？", ["你好！", "我是新来的。", "你呢？"]),
        ("她说：“走吧。”然后走了。", ["她说：“走吧。”", "然后走了。"]),
        ("one\ntwo", ["one", "two"]),
    ],
)
def test_sentences(text, parts):
    assert [s.text for s in sentences.split(text) if s.text] == parts


@given(st.text(alphabet='ab .!?。！？…\n\t”")好12,', max_size=80))
def test_splitting_loses_nothing(text):
    assert "".join(s.before + s.text + s.after for s in sentences.split(text)) == text


@given(st.text(max_size=120))
def test_splitting_any_text_loses_nothing(text):
    assert "".join(s.before + s.text + s.after for s in sentences.split(text)) == text


def test_overlong_sentences_are_cut_at_commas():
    text = "I woke up early, made some coffee, fed the cat, and then I sat down to write, " * 3
    parts = sentences.clauses(text.strip(), 20)
    assert len(parts) > 2
    assert all(sentences.length(part) <= 30 for part in parts)


def test_numbers_are_not_cut():
    text = "I drove 1,200 miles, stopped at 7:30 in the evening, and slept: 3, 4 hours at most"
    parts = sentences.clauses(text, 3)
    assert any("1,200" in part for part in parts)
    assert any("7:30" in part for part in parts)
    assert " ".join(parts) == text


@pytest.mark.parametrize(
    ("raw", "polished"),
    [
        ("你好 , 我 是 新 来 的 !", "你好，我是新来的！"),
        ("真的吗?好的.", "真的吗？好的。"),
        ("我有3.5个", "我有3.5个"),
        ('他说"好"', "他说“好”"),
        ("等等...", "等等……"),
    ],
)
def test_chinese_punctuation(raw, polished):
    assert polish.chinese(raw) == polished


def test_english_spacing():
    assert polish.english("i 'm fine ，thanks ！") == "I'm fine, thanks!"


def test_the_end_mark_follows_the_source():
    assert polish.with_end_of("你好。", "Hi!!", "zh") == "你好！！"
    assert polish.with_end_of("你好。", "hi", "zh") == "你好"
    assert polish.with_end_of("你好吗？", "how are you", "zh") == "你好吗？"


@pytest.mark.parametrize(
    ("source", "text", "warning"),
    [
        ("I have a cat", "我我我我我我", Warning.REPEATED),
        ("Ask your doctor before that", "你先问医生，先问医生", Warning.REPEATED),
        ("I have a cat", "…", Warning.EMPTY),
        ("I have a cat", "I have a cat", Warning.ECHO),
        ("I have a big cat", "there was something", Warning.WRONG_SCRIPT),
        ("I have three dogs and two cats and a very old parrot", "狗", Warning.TOO_SHORT),
        ("Hi", "你好" * 30, Warning.TOO_LONG),
        ("I was born in 1994", "我生于1949年", Warning.NUMBER),
        ("It is 3.5 miles away", "离这里35英里", Warning.NUMBER),
        ("I weigh 70kg", "我7万公斤", Warning.NUMBER),
        ("I saw a dog", "我看到3.5万只狗", Warning.NUMBER),
        ("I don't like it", "我喜欢它", Warning.NEGATION),
    ],
)
def test_broken_translations_are_noticed(source, text, warning):
    assert warning in checks.judge(source, text, "en", "zh", -0.5)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("I have a cat", "我有一只猫"),
        ("It was 1994", "那是1994年"),
        ("It costs 12,000 dollars", "要1.2万美元"),
        ("twenty-seven people came", "来了27个人"),
        ("hahaha", "哈哈哈哈哈哈"),
        ("I can't wait to see you", "好期待见到你"),
        ("I don't like it", "我不喜欢"),
        ("very very very good", "非常非常非常好"),
        ("My bag is 10kg", "我的包10公斤"),
        ("I ran 5km", "我跑了5公里"),
        ("It got 150k views", "有15万播放"),
        ("I have 25k followers", "我有2.5万粉丝"),
        ("It cost me 35,000 dollars", "花了我3.5万美元"),
        ("3 million people live here", "这里住着300万人"),
        ("2 billion people use it", "20亿人在用"),
        ("She is here since 7:30", "她7点半就在了"),
        ("She is here since 7:30", "她七点三十分就在了"),
        ("The bus leaves at 9:00", "公交车9点开"),
        ("I have 1 cat", "我有一只猫"),
        ("We waited 2.5 hours", "我们等了两个半小时"),
        ("We met on Jan 15 in 2025", "我们是2025.1.15认识的"),
    ],
)
def test_sound_translations_pass(source, text):
    assert checks.judge(source, text, "en", "zh", -0.5) == ()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("我有2.5万粉丝", "I have 25k followers"),
        ("这里住着300万人", "3 million people live here"),
        ("这里住着300万人", "Three million people live here"),
        ("3千克苹果", "3 kilos of apples"),
        ("我有1只猫", "I have a cat"),
    ],
)
def test_numbers_kept_from_chinese(source, text):
    assert checks.numbers_kept(source, text, "zh")


@given(st.text(alphabet="19.,:k 万亿半点一千百aeo", max_size=60), st.sampled_from(["en", "zh"]))
def test_any_numbers_are_compared(text, language):
    assert checks.numbers_kept(text, text, language)


def test_endless_numbers_are_compared():
    assert checks.numbers_kept("9" * 4999, "9" * 4999, "en")


def test_net_english():
    reader = netspeak.Reader(
        [
            NetSpeak(form="ngl", plain="not gonna lie", kind="abbreviation", notes=""),
            NetSpeak(form="u", plain="you", kind="abbreviation", notes=""),
            NetSpeak(
                form="no cap", plain="seriously", kind="slang", notes="", pattern=r"\bno cap\b"
            ),
            NetSpeak(form="tea", plain="gossip", kind="slang", notes="", replace=False),
        ]
    )
    text, readings = reader.read("Ngl u look goood, no cap. Loveee this tea @u #ngl")
    assert text == "Not gonna lie you look good, seriously. Love this tea @u #ngl"
    assert ("u", "you") in {(r.written, r.read) for r in readings}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Rocky III", "Rocky III"), ("Final Fantasy VIII", "Final Fantasy VIII"),
        ("AAA batteries", "AAA batteries"), ("SOOO good", "SO good"), ("AAAAH", "AH"),
    ],
)
def test_roman_numerals_are_not_stretched_words(text, read):
    assert netspeak.Reader([]).read(text)[0] == read


def test_numbers_times_and_dates():
    assert numbers.number("twenty-seven") == 27
    assert numbers.hanzi_number("一万二千") == 12000
    assert numbers.clock("7:30 pm") == "晚上7点半"
    assert numbers.clock("12 am") == "凌晨12点"
    assert numbers.date("Jan 15, 2025") == "2025年1月15日"
    assert numbers.clock("25 pm") is None
    assert numbers.moment("tomorrow") == "明天"
    assert numbers.clock("7 p.m.") == "晚上7点"
    assert numbers.date("may 5") is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Meet us at the diner at 7pm.", "Meet us at the diner at 晚上7点."),
        ("Meet us at 7 p.m.", "Meet us at 晚上7点."),
        ("Meet us (at 7 p.m.)", "Meet us (at 晚上7点)"),
        ("At 7 p.m. we eat.", "At 晚上7点 we eat."),
        ("See you on March 3.", "See you on 3月3日."),
        ("We march 10 miles.", "We march 10 miles."),
        ("You may 5 times a day.", "You may 5 times a day."),
    ],
)
def test_times_and_dates_are_found_and_end_marks_stay(text, rest):
    for start, end, chinese in reversed(numbers.times_and_dates(text)):
        text = text[:start] + chinese + text[end:]
    assert text == rest


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("二十七", 27), ("十", 10), ("一百零五", 105), ("一百二", 120), ("二百五", 250),
        ("三千五", 3500), ("三千零五", 3005), ("一万二", 12_000), ("一万零二十", 10_020),
        ("十五万三", 153_000), ("一万二千五", 12_500), ("三百万", 3_000_000),
        ("三亿", 300_000_000), ("一亿二千万", 120_000_000), ("好", None),
    ],
)
def test_chinese_numerals(numeral, value):
    assert numbers.hanzi_number(numeral) == value


@given(st.integers(0, 99_999_999))
def test_numbers_are_read_back(value):
    assert numbers.number(f"{value:,}") == value
    assert numbers.number(str(value)) == value

def test_curly_apostrophes_are_straight_ones():
    assert netspeak.Reader([]).read("I don’t")[0] == "I don't"


@pytest.mark.parametrize(
    ("english", "places"),
    [
        ("I moved to Buffalo, New York last week", ("纽约州水牛城",)),
        ("Austin, Texas and Denver, Colorado", ("得州奥斯汀", "科罗拉多州丹佛")),
        ("from New York, NY to Seattle, Washington", ("纽约", "华盛顿州西雅图")),
        ("Portland, OR", ("俄勒冈州波特兰",)),
        ("Portland, or Denver", ("波特兰", "丹佛")),
        ("Chicago, Texas and Florida", ("芝加哥", "得州", "佛罗里达州")),
        ("Spain, France", ("西班牙", "法国")),
        ("Chicago, Dallas", ("芝加哥", "达拉斯")),
    ],
)
def test_a_town_and_its_state_are_one_name(english, places):
    assert FixedTerms(phrasebook()).mask_names(english, (), "en")[1] == places


@pytest.mark.parametrize(
    ("chinese", "places"),
    [
        ("我来自俄勒冈州波特兰", ("Portland, Oregon",)),
        ("我要去日本东京旅游", ("Tokyo, Japan",)),
        ("我老家在湖南省长沙市", ("Changsha, Hunan",)),
        ("他住在美国加州洛杉矶", ("Los Angeles, California, United States",)),
        ("从上海北京回来", ("Shanghai, Beijing",)),
        ("去过上海、北京", ("Shanghai", "Beijing")),
        ("我住在上海的北京路", ("Shanghai", "Beijing")),
    ],
)
def test_chinese_places_side_by_side_are_one_name(chinese, places):
    assert FixedTerms(phrasebook()).mask_names(chinese, (), "zh")[1] == places


@pytest.mark.parametrize(
    ("chinese", "read"),
    [
        ("一共666元", "一共666元"), ("花了520块买的", "花了520块买的"),
        ("房间号1314", "房间号1314"), ("今天是520", "今天是520"), ("88块钱", "88块钱"),
        ("1.2万人", "1.2万人"), ("xswl", "笑死我了"), ("520", "我爱你"),
        ("宝子，520！", "宝子，我爱你！"),
    ],
)
def test_only_digits_that_are_no_number_are_read_as_slang(chinese, read):
    assert FixedTerms(phrasebook()).expand(chinese)[0] == read
