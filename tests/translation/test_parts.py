"""The pipeline's parts on their own: sentences, polish, checks, net English, numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helper.translation import amounts, checks, netspeak, numbers, polish, protect, sentences
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
        ("Room 305 is mine", "305岁的房间是我的", Warning.NUMBER),
        ("COVID-19 changed my life", "19岁改变了我的人生", Warning.NUMBER),
        ("Room ⟦1⟧ is mine", "⟦1⟧岁的房间是我的", Warning.NUMBER),
        ("I love the 90s", "我爱90岁", Warning.NUMBER),
        ("I have class at 10 and then lunch", "我10岁有课，然后吃午饭", Warning.NUMBER),
        ("Bake at 350 for 25 minutes", "350点烘焙25分钟", Warning.NUMBER),
        ("See you at 7:00", "下午7点见", Warning.NUMBER),
        ("See you at 7:00", "7点半见", Warning.NUMBER),
        ("The doors open soon", "2点开门", Warning.NUMBER),
        ("It's -10 degrees here", "这里10度", Warning.NUMBER),
        ("It takes ⟦1⟧ to ⟦2⟧ hours", "需要⟦1⟧⟦2⟧个小时", Warning.NUMBER),
        ("I bought ⟦1⟧ eggs", "我买了⟦1⟧00个鸡蛋", Warning.NUMBER),
        ("I bought 3 dozen eggs", "我买了3个鸡蛋", Warning.NUMBER),
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
        ("My cat is 5 years old", "我家猫5岁了"),
        ("I'm 30 and single", "我30岁，单身"),
        ("We got married at 25", "我们25岁就结婚了"),
        ("in my 20s", "我20多岁的时候"),
        ("I skateboard at forty-two", "我42岁玩滑板"),
        ("Nobody under 18 can rent it", "18岁以下不能租"),
        ("I'm Megan, 27, from Ohio", "我是Megan，27岁，来自俄亥俄州"),
        ("I have 350 points", "我有350点"),
        ("It's -10 degrees here", "这里零下10度"),
        ("It's -10 degrees here", "这里-10度"),
        ("I wake up at 7", "我早上7点醒"),
        ("It's freezing here", "这里好冷"),
        ("Two steps below", "往下两步"),
        ("Call me at 7 in the evening", "晚上7点打给我"),
        ("I bought 3 dozen eggs", "我买了三打鸡蛋"),
        ("I bought 3 dozen eggs", "我买了36个鸡蛋"),
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
        ("我在减肥", "I am losing weight"),
        ("他负责两家店", "He runs two shops"),
        ("今天零下10度", "It's -10 degrees today"),
        ("今天零下10度", "It's 10 below today"),
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
        ("It is on Oct 5 at 4 pm", "It is on 10月5日下午4点"),
        ("It is June 3, 2026 at noon", "It is 2026年6月3日中午12点"),
        ("Show on Friday at 8pm!", "Show on 周五晚上8点!"),
        ("Doors at 7 p.m. on Saturday.", "Doors at 周六晚上7点."),
        ("Monday, March 3rd @ 10 am", "3月3日周一上午10点"),
        ("Party tomorrow at 7pm", "Party 明晚7点"),
        ("Live tonight at 8", "Live 今晚8点"),
        ("this morning at 6:30 am", "今天早上6点半"),
        ("Fridays at 8:15, next Friday at 9pm", "每周五8点15分, 下周五晚上9点"),
        ("Friday at 8pm, Saturday at 9pm", "周五晚上8点, 周六晚上9点"),
        ("Friday around 8pm", "周五晚上8点左右"),
        ("on the evening of May 5", "on 5月5日晚上"),
        ("Open Mon-Fri 9am-5pm", "Open 周一到周五上午9点到下午5点"),
        ("open 10-2pm or 7-9 pm", "open 上午10点到下午2点 or 晚上7点到9点"),
        ("I slept from 11pm to 7am", "I slept 晚上11点到早上7点"),
        ("open from 7pm on", "open from 晚上7点 on"),
        ("June 5-7, from Dec 30 to Jan 2", "6月5日至7日, 12月30日至1月2日"),
        ("the 5th of June", "6月5日"),
        ("12/25/2025 and 25/12/2025", "2025年12月25日 and 2025年12月25日"),
        ("born 2001-05-07", "born 2001年5月7日"),
        ("on 7/4! 7/4 at 8pm", "on 7月4日! 7月4日晚上8点"),
        ("I gave it 5/10 on Friday.", "I gave it 5/10 on Friday."),
        ("tonight at 8 places", "tonight at 8 places"),
        ("I sat at 8 with 5 May flowers", "I sat at 8 with 5 May flowers"),
    ],
)
def test_times_and_dates_are_found_and_end_marks_stay(text, rest):
    for start, end, chinese in reversed(numbers.times_and_dates(text)):
        text = text[:start] + chinese + text[end:]
    assert text == rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("It's -10 degrees, -5°C or minus 3 degrees", "It's 零下10度, 零下5摄氏度 or 零下3度"),
        ("10 degrees below zero, 20 degrees", "零下10度, 20 degrees"),
        ("20 below zero, 20 below", "零下20度, 20 below"),
        ("I'm 6ft tall, 6 feet apart", "I'm 6英尺 tall, 6 feet apart"),
        ("1:45:30", "1:45:30"),
        ("350°F, 70-80 degrees", "350华氏度, 70到80度"),
        ("1-2 hours, 20 to 30 minutes", "1到2 hours, 20到30 minutes"),
        ("5-10% of 1,000-2,000 people", "5%到10% of 1,000到2,000 people"),
        ("ages 5-12, a 2-3 year old, pages 3-4", "5到12岁, a 2到3 year old, pages 3到4"),
        ("We won 3-2", "We won 3比2"),
        ("The game we lost took 2-3 hours", "The game we lost took 2到3 hours"),
        ("1/2 cup, 3/4 cup, ½ cup, 1 1/2 cups", "半 cup, 3/4 cup, 半 cup, 1.5 cups"),
        ("1/2 of us, 3/4 of them", "一半 of us, 四分之三 of them"),
        ("I'm 5'4\" and he is 6'2 tall", "I'm 身高5英尺4英寸 and he is 6英尺2英寸 tall"),
        ("I work 9-5, 24/7", "I work 朝九晚五, 24/7"),
        ("an 8 to 5 job, I work 7-3", "an 8点到5点 job, I work 7点到3点"),
        ("My height is 5'10\"", "My height is 5英尺10英寸"),
        ("two dozen eggs, half a dozen", "两打 eggs, 半打"),
        ("1-on-1", "1对1"),
        *((kept, kept) for kept in (
            "We split it 50/50", "10/10", "9-11", "B-52", "COVID-19", "555-1234", "- 5 eggs",
            "a 5-year-old", "16:9", "3.5 miles", "⟦1⟧-5", "2024-2025", "x-5", "a top-10 list",
        )),
    ],
)
def test_signs_between_digits_are_put_in_chinese_or_kept(text, rest):
    for start, end, chinese, _ in reversed(list(amounts.amounts(text))):
        text = text[:start] + chinese + text[end:]
    assert text == rest


def test_no_more_placeholders_than_the_engine_knows():
    text = "⟦1⟧: 5pm 6pm, 1-2 cups, 3-4 cups, 5-6 cups and 24/7"
    masked, inner = FixedTerms(phrasebook()).dates(text, ("@lily",))
    assert masked == "⟦1⟧: ⟦2⟧ ⟦3⟧, ⟦4⟧ cups, ⟦5⟧ cups, 5-6 cups and 24/7"
    assert inner == ("@lily", "下午5点", "晚上6点", "1到2", "3到4")


@pytest.mark.parametrize(
    ("measure", "translated", "restored"),
    [
        ("10月5日下午4点", "婚礼在⟦1⟧点", "婚礼在10月5日下午4点"),
        ("早上6点半", "我凌晨⟦1⟧点起床", "我早上6点半起床"),
        ("6月3日中午12点", "生日在⟦1⟧点上", "生日在6月3日中午12点"),
        ("5英尺4英寸", "我高⟦1⟧岁了", "我高5英尺4英寸"),
        ("零下5摄氏度", "今天早上⟦1⟧度外面", "今天早上零下5摄氏度度外面"),
        # words of their own
        ("周五晚上8点", "⟦1⟧点餐", "周五晚上8点点餐"),
        ("5月5日", "⟦1⟧日落很美", "5月5日日落很美"),
        ("9-11", "⟦1⟧岁月", "9-11岁月"),
        ("5月5日", "⟦1⟧号码", "5月5日号码"),
    ],
)
def test_a_measure_gets_no_second_unit_and_no_part_of_the_day(measure, translated, restored):
    assert protect.unmask(translated, (protect.Measure(measure),)) == restored


def test_two_numbers_never_become_one():
    inner = (protect.Movable("2024"), protect.Movable("5"))
    assert protect.unmask("⟦1⟧⟦2⟧个", inner) == "2024 5个"
    assert protect.unmask("⟦1⟧岁", inner[1:]) == "5岁"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("I work 9-5", "I work ⟦1⟧"), ("see 3.5 or -10", "see ⟦1⟧ or ⟦2⟧"),
        ("me at 7", "me at 7"), ("我住2-3天", "我住⟦1⟧天"), ("5k 10%", "5k 10%"),
        ("我有3.5万粉丝", "我有3.5万粉丝"), ("I got 1.5k", "I got 1.5k"),
    ],
)
def test_numbers_go_behind_placeholders_with_their_signs(text, masked):
    assert FixedTerms.mask_numbers(text, ())[0] == masked


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
        ("中国人爱吃四川菜", ()),
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
