"""Numbers, clock times and dates: reading them in English, writing them in Chinese order.

Chinese puts the larger unit first (year, month, day; part of day, hour, minute); the parts of
the day are the everyday ones (凌晨 to 5, 早上 to 9, 上午 to 12, 下午 to 18, 晚上 after).
"""

from __future__ import annotations

import regex

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}
_MONTHS = {
    month: number
    for number, months in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
            ("june", "jun"), ("july", "jul"), ("august", "aug"), ("september", "sep", "sept"),
            ("october", "oct"), ("november", "nov"), ("december", "dec"),
        ), 1,
    )
    for month in months
}
_CLOCK = regex.compile(
    r"\b(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?\s*(?P<half>[ap])(?:\.m\b\.?|m\b)", regex.IGNORECASE
)
# Months that are everyday words too ("march", "may") need their capital.
_DATE = regex.compile(
    r"\b(?P<month>jan(?:uary)?|feb(?:ruary)?|(?-i:Mar(?:ch)?|MAR(?:CH)?|May|MAY)|apr(?:il)?|june?"
    r"|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?\s+(?P<day>\d{1,2})"
    r"(?:st|nd|rd|th)?(?:,?\s+(?P<year>(?:19|20)\d\d))?\b", regex.IGNORECASE,
)
_DAYS = {
    "today": "今天", "tomorrow": "明天", "yesterday": "昨天", "tonight": "今晚", "now": "现在",
    "this morning": "今天早上", "this afternoon": "今天下午", "this evening": "今晚",
    "tomorrow morning": "明天早上", "tomorrow night": "明晚", "last night": "昨晚",
    "the day after tomorrow": "后天", "this week": "这周", "next week": "下周", "last week": "上周",
    "this weekend": "这周末", "next weekend": "下周末", "this month": "这个月",
    "next month": "下个月", "last month": "上个月", "this year": "今年", "next year": "明年",
    "last year": "去年", "monday": "周一", "tuesday": "周二", "wednesday": "周三",
    "thursday": "周四", "friday": "周五", "saturday": "周六", "sunday": "周日",
}
_HANZI_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4,
                 "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
#: Digits of a number that are looked at; longer ones are no amounts.
MOST_DIGITS = 18
_WRITTEN = regex.compile(r"\d[\d.,:]*[万千百亿]*")
#: 千万 as in 千万别, "never ever", and the 万 of 万圣节, 万岁 and 万一: they count nothing.
UNCOUNTED = regex.compile(
    r"千万(?=别|不|要|得|记|小心|注意)|(?<![一二三四五六七八九十百千两几])万(?=[圣岁一])"
)
_HANZI_UNITS = {"十": 10, "百": 100, "千": 1000}


def number(text: str) -> int | None:
    """The value of "27", "1,200" or "twenty-seven"; None for anything else."""
    text = text.strip().lower()
    if regex.fullmatch(r"\d{1,3}(?:,\d{3})+|\d+", text):
        return int(text.replace(",", ""))
    words = regex.split(r"[\s-]+", text)
    if len(words) == 1:
        return _UNITS.get(text, _TENS.get(text))
    if len(words) == 2 and words[0] in _TENS and 0 < _UNITS.get(words[1], 0) < 10:
        return _TENS[words[0]] + _UNITS[words[1]]
    return None


def hanzi_number(text: str) -> int | None:
    """The value of a Chinese numeral ("二十七", "一百零五"), None for anything else.

    A digit left at the end counts tenths of the unit before it: "一万二" is 12,000.
    """
    total, section, digit, unit = 0, 0, 0, 1
    for character in text:
        if character in _HANZI_DIGITS:
            digit = _HANZI_DIGITS[character]
            unit = unit if digit else 1
        elif character in _HANZI_UNITS:
            unit = _HANZI_UNITS[character]
            section += (digit or 1) * unit
            digit = 0
        elif character == "万":
            unit = 10_000
            total += (section + digit or 1) * unit
            section = digit = 0
        elif character == "亿":
            unit = 100_000_000
            total = (total + section + digit or 1) * unit
            section = digit = 0
        else:
            return None
    return total + section + digit * max(1, unit // 10)


def without_digits(text: str) -> str:
    """Chinese text with a blank for each number in digits, units and all: what is left in
    numerals is a number of its own."""
    return _WRITTEN.sub(" ", text)


def clock(text: str) -> str | None:
    """"7:30 am" → "早上7点半", "noon" → "中午12点"; None when ``text`` is no clock time."""
    lowered = text.strip().lower()
    if lowered in {"noon", "midnight"}:
        return {"noon": "中午12点", "midnight": "半夜12点"}[lowered]
    match = _CLOCK.fullmatch(lowered)
    return _clock(match) if match else None


def moment(text: str) -> str | None:
    """A clock time, a date or a day in Chinese: "tomorrow" → "明天"; None for anything else."""
    day = _DAYS.get(text.strip().lower().removeprefix("on ").removeprefix("at "))
    return day or clock(text) or date(text)


def _clock(match: regex.Match[str]) -> str | None:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return None
    day = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    part = next(name for end, name in (
        (5, "凌晨"), (9, "早上"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上")
    ) if day < end)
    shown = 12 if hour == 12 else hour
    minutes = {0: "", 30: "半"}.get(minute, f"{minute:02d}分")
    return f"{part}{shown}点{minutes}"


def date(text: str) -> str | None:
    """"Jan 15, 2025" → "2025年1月15日"; None when ``text`` is no such date."""
    match = _DATE.fullmatch(text.strip())
    return _date(match) if match else None


def _date(match: regex.Match[str]) -> str | None:
    month, day = _MONTHS[match["month"].lower()], int(match["day"])
    if not 1 <= day <= 31:
        return None
    year = f"{match['year']}年" if match["year"] else ""
    return f"{year}{month}月{day}日"


def times_and_dates(text: str) -> list[tuple[int, int, str]]:
    """(start, end, Chinese) of every clock time and date in an English text, in order."""
    found = []
    for expression, render in ((_CLOCK, _clock), (_DATE, _date)):
        for match in expression.finditer(text):
            chinese = render(match)
            if chinese:
                end = match.end()
                if text[end - 1] == "." and not text[end:].strip():
                    end -= 1  # the dot of "7 p.m." closes the sentence too
                found.append((match.start(), end, chinese))
    return sorted(found)
