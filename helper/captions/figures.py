"""Numbers, months and weekdays that a sentence names, for comparing its two languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import regex

from helper.translation import numbers

# One dot makes a decimal; in a version, a date or an address (two dots and more) every part
# counts by itself.
_DIGITS = regex.compile(r"\d++(?:[,:]\d{2,3})*+(?:(?<!\d\.\d+)\.\d++(?!\.\d))?")
_NUMERAL = regex.compile(r"[零〇一二两俩三仨四五六七八九十百千万]+")
_SCALES_EN = {"hundred": 100, "thousand": 1000, "k": 1000, "grand": 1000, "million": 1_000_000,
              "m": 1_000_000, "billion": 1_000_000_000}
_SCALES_ZH = {"百": 100, "千": 1000, "k": 1000, "K": 1000, "万": 10_000, "w": 10_000,
              "亿": 100_000_000}
_SMALL = ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
          "fifteen sixteen seventeen eighteen nineteen")
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fifteenth": 15,
    "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60,
    "seventieth": 70, "eightieth": 80, "ninetieth": 90,
    **{word[:-1] + "ies": 10 * n for n, word in enumerate(_TENS.split(), 2)},
}
_WORDS = regex.compile(
    rf"\b(?:(?:{_TENS.replace(' ', '|')})(?:[\s-](?:{_SMALL.replace(' ', '|')}))?"
    rf"|{_SMALL.replace(' ', '|')}|{'|'.join(_ORDINALS)}|an? (?=hundred|thousand|million))\b",
    regex.IGNORECASE,
)
# "two dozen" is 24; "dozens" is no number.
_DOZEN = regex.compile(
    r"\b(?:(?P<half>half\s+(?:an?\s+)?)|(?P<many>\d+|couple(?:\s+of)?|an?|"
    rf"{_SMALL.replace(' ', '|')})[\s-]+)?dozen\b", regex.IGNORECASE,
)
_DOZEN_ZH = regex.compile(
    r"(?P<many>\d+|[半几]|[一二两三四五六七八九十]+)打(?![开电听算扮包扫断])"
)
_PERCENT = regex.compile(
    rf"\b(\d+(?:\.\d+)?|one|(?:(?:{_TENS.replace(' ', '|')})[\s-])?(?:{_SMALL.replace(' ', '|')})"
    rf"|{_TENS.replace(' ', '|')})\s?(?:percent\b|per cent\b|%)", regex.IGNORECASE,
)
_PERCENT_ZH = regex.compile(
    r"(\d+(?:\.\d+)?)[%％]|百分之(\d+(?:\.\d+)?|[零一二两三四五六七八九十百]+)"
)
_MIXED = regex.compile(r"(?<=\d)[ -]\d/\d\b")
_SCALE = regex.compile(r"[\s-]*(hundred|thousand|grand|million|billion|k|m)\b", regex.IGNORECASE)
_MONTHS = dict(zip((
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
), range(1, 13), strict=True))
_DAYS = dict(zip((
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
), range(1, 8), strict=True))
#: Words with a capital that are no names of anybody.
CAPITALISED = frozenset({*_MONTHS, *_DAYS, "God", "Mom", "Mum", "Dad", "Grandma", "Grandpa", "Nana",
                         "Mama", "Papa", "Aunt", "Uncle", "Internet", "Ms", "Mr", "Mrs", "Miss"})
_DATE_WORD = regex.compile(rf"\b(?:{'|'.join((*_MONTHS, *_DAYS))})(?:s\b|\b)")
_HALF = regex.compile(
    r"\b(?:half|quarter|dozen|couple|noon|midnight|percent|all|every|whole|full|completely)\b",
    regex.IGNORECASE,
)
_MANY = regex.compile(
    r"\b(?:decades?|century|centuries|dozens|scores?|hundreds|thousands|millions|tons?|countless|"
    r"very|so|extremely|really|super)\b", regex.IGNORECASE,
)
# How Chinese says "two" or "second" without a numeral, and where English does not count.
_TWO_ZH = regex.compile(r"[双对俩都两仨]|另一?|再|又|其次|还有|一[秒刻下]")
_SECOND_EN = regex.compile(
    r"\bsecond (?:\w+ )?(?:opinion|hand|nature|thought|i|he|she|they|you|we|it)\b|two-faced|"
    r"\bthe second\b|\ba (?:second|third)\b|seconds?\b", regex.IGNORECASE,
)
# Hanzi words whose numeral counts nothing.
_NOT_COUNTED = regex.compile(
    r"一[样些点起下切直定般共旦会边]|[万千]万(?!\p{N})|百分之?百|三明治|四川|四季|四[面处周方]|九寨沟|"
    r"二手|千[万克]|星期[一二三四五六日天]|周[一二三四五六日末]|礼拜[一二三四五六天]|十分(?!之|钟)|"
    r"八成|八卦|七夕|五一|十一(?!点|月|[个年岁天])|黑五|八方|几[十百千万]|[十百千万]几|数[十百千]|"
    r"五[花颜]|[五六七八]色|七[上嘴]|八[下舌门糟]|乱七八糟|三[三两]|万[一岁物圣分般里豪]|千层|百[事试][可百]?|百万富翁|(?<=[第])[一二三]|二楼|第一|十足|百[姓合货]|"
    r"(?<=[几数])[十百千万]"
)


def english(text: str) -> Counter[int]:
    """How often an English text names each whole number, in digits or words; "one" left out.

    Decimals count by their whole part ("$4.50" is 4), clock times by their hour; "17.4.1" names
    three numbers.
    """
    found: Counter[int] = Counter()
    for match in _DOZEN.finditer(text):
        many = (match["many"] or "a").lower()
        times = 2 if many.startswith("couple") else numbers.number(many) or 1
        found[6 if match["half"] else 12 * times] += 1
    text = _DOZEN.sub(" ", text)
    for match in _DIGITS.finditer(text):
        scale = _SCALE.match(text, match.end())
        factor = _SCALES_EN[scale[1].lower()] if scale else 1
        found[_value(match.group(), factor)] += 1
    for match in _WORDS.finditer(text):
        word = match.group().lower()
        value = _ORDINALS.get(word) or numbers.number(word)
        value = 1 if word in {"a ", "an "} else value
        scale = _SCALE.match(text, match.end())
        if scale and len(scale[1]) > 1:
            value = (value or 1) * _SCALES_EN[scale[1].lower()]
        if value is not None and value > 1:
            found[value] += 1
    return found


def chinese(text: str) -> Counter[int]:
    """How often a Chinese text names each whole number, in digits or numerals; one left out."""
    found: Counter[int] = Counter()
    for match in _DIGITS.finditer(text):
        factor = 1
        for unit in text[match.end(): match.end() + 2]:
            factor *= _SCALES_ZH.get(unit, 1)
            if unit not in _SCALES_ZH:
                break
        found[_value(match.group(), factor)] += 1
    bare = numbers.UNCOUNTED.sub(" ", numbers.without_digits(text.replace("百分之", " ")))
    for match in _NUMERAL.finditer(bare):
        for value in readings(match.group()):
            if value > 1:
                found[value] += 1
    return found


def readings(numeral: str) -> Iterable[int]:
    """What a run of numerals may count: "二十七" is 27, "两三" is 2 and 3."""
    if len(numeral) > 1 and not regex.search(r"[十百千万]", numeral):
        return [numbers.hanzi_number(character) or 0 for character in numeral]
    value = numbers.hanzi_number(numeral)
    return [] if value is None else [value]


def _value(digits: str, factor: int) -> int:
    whole = digits.split(":")[0].replace(",", "")[:numbers.MOST_DIGITS]
    return int(float(whole) * factor)


def lost(source: str, translation: str) -> list[int]:
    """Numbers above 1 of the English ``source`` that the Chinese ``translation`` lacks."""
    have = set(chinese(translation))
    for match in _DOZEN_ZH.finditer(translation):
        have |= {6} if match["many"] == "半" else {12 * n for n in chinese(match["many"]) or {1}}
    if regex.search(r"半", translation):
        have |= {30, 6, 50}  # 四点半, 半年, 一半
        have |= {2} if regex.search(r"\b1/2\b", source) else set()
    if regex.search(r"世纪", translation):
        have |= {(n - 1) * 100 for n in have}
    if regex.search(r"\d\.\d", translation):
        source = _MIXED.sub("", source)  # "1 1/2" is 1.5
    return [
        value for value in english(source)
        if value > 1 and not _same(value) & have
        and not (value in {2, 3} and _vague(source, translation))
    ]


def _same(value: int) -> set[int]:
    """The numbers by which Chinese may name ``value``: clock, decades, units of ten thousand."""
    same = {value, value % 100 if 1900 < value < 2100 else value}
    if 0 < value <= 24:
        same |= {value - 12, value + 12}
    if value >= 10_000 and value % 10_000 == 0:
        same.add(value // 10_000)
    if value >= 1000 and value % 1000 == 0:
        same.add(value // 1000)  # "5K run": 5公里
    return same - {0}


def _vague(source: str, translation: str) -> bool:
    """Whether a two or three in the English counts nothing, or Chinese says it otherwise."""
    return _TWO_ZH.search(translation) is not None or _SECOND_EN.search(source) is not None


def percent_changed(source: str, translation: str) -> bool:
    """Whether both sides name percentages, and none that the other names."""
    english_ones = {
        float(said) if said[0].isdigit() else 1 if said.lower() == "one" else numbers.number(said)
        for said in _PERCENT.findall(source)
    }
    chinese_ones = {
        float(match[1] or match[2]) if (match[1] or match[2])[0].isdigit()
        else numbers.hanzi_number(match[2])
        for match in _PERCENT_ZH.finditer(translation)
    }
    return bool(english_ones and chinese_ones) and english_ones.isdisjoint(chinese_ones)


def added(source: str, translation: str) -> list[int]:
    """Numbers of the Chinese ``translation`` that the English ``source`` does not name.

    Small ones are let pass: Chinese counts where English has a plural or "a few".
    """
    known = set(english(source)) | {_MONTHS[m] for m in _MONTHS if m in source}
    for value in tuple(known):
        known |= _same(value) | {value * 10, value // 10 if value > 99 else value}
        known |= {value // 1000, value // 100 + 1, value // 10_000} if value >= 1000 else set()
    if sum(known) < 1000:
        known.add(sum(english(source).elements()))  # "two hundred and ninety-seven"
    if _HALF.search(source):
        known |= {6, 12, 15, 24, 30, 50}
    if _MANY.search(source):
        known |= {10, 20, 100, 1000, 10_000}
    return [
        value for value in chinese(_NOT_COUNTED.sub(" ", translation))
        if value > 3 and value not in known
    ]


def dates_lost(source: str, translation: str) -> bool:
    """Whether a month or weekday of the English ``source`` is missing from ``translation``."""
    for match in _DATE_WORD.finditer(regex.sub(r"Black Friday|October holiday", "", source)):
        word = match.group()
        name = word if word in _MONTHS or word in _DAYS else word[:-1]
        if name in _MONTHS:
            if name in {"May", "March"} and match.start() == 0:
                continue  # also everyday words
            number = _MONTHS[name]
            hanzi = "零一二三四五六七八九十"[number] if number <= 10 else f"十{'一二'[number - 11]}"
            if not regex.search(rf"(?<![十\d])(?:0?{number}|{hanzi})[月份]", translation):
                return True
        else:
            day = _DAYS[name]
            hanzi = "一二三四五六日"[day - 1]
            more = {6: "末", 7: "天末"}.get(day, "")
            forms = rf"(?:周|星期|礼拜)[{hanzi}{more}]"
            if not regex.search(forms, translation):
                return True
    return False
