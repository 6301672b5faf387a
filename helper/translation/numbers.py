"""Numbers, clock times and dates: reading them in English, writing them in Chinese order.

Chinese puts the larger unit first (year, month, day; part of day, hour, minute); the parts of
the day are the everyday ones (凌晨 to 5, 早上 to 9, 上午 to 12, 下午 to 18, 晚上 after). A day, a
date and a clock time that stand together are one expression: "Friday at 8pm" is 周五晚上8点.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

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
_HALF = r"\s*(?P<half{0}>[ap])(?:\.m\b\.?|m\b)"
_HOUR = r"(?P<hour{0}>\d{{1,2}})(?::(?P<minute{0}>\d{{2}}))?"
_TO = r"(?:\s?[-–—~]\s?|\s+(?:to|until|till)\s+)"
_CLOCK = regex.compile(
    rf"(?:\bfrom\s+)?(?<![\w:.,/$⟦])(?:{_HOUR.format(1)}(?:{_HALF.format(1)})?{_TO})?"
    rf"(?<![:.,/$⟦]){_HOUR.format('')}{_HALF.format('')}", regex.IGNORECASE,
)
# What may follow a number that counts nothing, so that "at 8" is a time and "at 8 places" none.
_ALONE = (
    r"(?![\w%°/:⟧])(?=[^\S\n]*(?:$|[^\w\s$€£#%°'’.,:-]|[.,:-](?!\d)|⟦|"
    r"(?:and|but|or|so|to|for|with|in|on|at|if|as|because|when|while|then|is|was|will|can|we|I|"
    r"you|he|she|they|it|please|sharp|until|till|from|before|after|today|tomorrow|tonight|"
    r"yesterday)\b))"
)
# An hour without am or pm, which only a day or a part of the day makes a time.
_BARE = regex.compile(
    rf"(?:\bfrom\s+|(?<=(?:\bat|@|\baround|\babout)\s+)){_HOUR.format(1)}"
    rf"(?:{_TO}{_HOUR.format('')})?(?:\s*o['’]?clock)?{_ALONE}", regex.IGNORECASE,
)
_NOON = regex.compile(r"(?<=(?:\bat|@)\s+)(?:noon|midnight)\b", regex.IGNORECASE)
# Months that are everyday words too ("march", "may") need their capital.
_MONTH = (
    r"(?P<month{0}>jan(?:uary)?|feb(?:ruary)?|(?-i:Mar(?:ch)?|MAR(?:CH)?|May|MAY)|apr(?:il)?|june?"
    r"|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?\b"
_DATES = (
    regex.compile(
        rf"(?:\bfrom\s+)?\b{_MONTH.format('')}\s+(?:the\s+)?{_DAY.format('')}"
        rf"(?:(?:\s?[-–—~]\s?|\s+(?:to|through|thru|until|till)\s+)(?:{_MONTH.format(2)}\s+)?"
        rf"{_DAY.format(2)}(?!\d|:\d|\s*[ap]\.?m\b)(?=\b))?{_YEAR}", regex.IGNORECASE,
    ),
    regex.compile(
        # "5 May" needs more to be a date: "5 May flowers" is none
        rf"(?:\bthe\s+)?(?<![\w.:/$⟦-]){_DAY.format('')}(?:(?<=\p{{L}})\s+(?:of\s+)?"
        rf"|\s+(?=\w+,?\s+(?:19|20)\d\d\b))"
        rf"(?-i:(?=\p{{Lu}})){_MONTH.format('')}(?!\s+\d{{1,2}}\b){_YEAR}", regex.IGNORECASE,
    ),
    regex.compile(
        r"(?<![\w.:/$-])(?P<month>\d{1,2})(?P<mark>[/-])(?P<day>\d{1,2})(?P=mark)"
        r"(?P<year>(?:19|20)\d\d|(?<=/)\d\d)(?![\w/-]|\.\d)"
    ),
    regex.compile(
        r"(?<![\w.:/$-])(?P<year>(?:19|20)\d\d)(?P<mark>[/-])(?P<month>\d{1,2})(?P=mark)"
        r"(?P<day>\d{1,2})(?![\w/-]|\.\d)"
    ),
)
# "5/10" may be a rating too: only beside a day, a time or one of these words is it a date.
_SHORT_DATE = regex.compile(
    rf"(?<![\w.:/$⟦-])(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})(?:{_ALONE}|(?=\s+\d{{1,2}}[\s:ap]))",
    regex.IGNORECASE,
)
_DATE_AHEAD = regex.compile(r"\b(?:on|since|until|till|before|due|born)\s+$", regex.IGNORECASE)
_WEEKDAYS = (
    r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|(?-i:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun|MON|TUE|WED|THU|FRI|SAT|SUN)\b\.?)"
)
_WEEKDAY = regex.compile(
    rf"\b(?:(?P<which>this|next|last|every|each)\s+)?(?P<first>{_WEEKDAYS})(?P<each>s\b)?"
    rf"(?:(?:\s?[-–—]\s?|\s+(?:to|through|thru)\s+)(?P<last>{_WEEKDAYS}))?"
    r"(?:\s+(?P<part>morning|afternoon|evening|night)\b)?(?!\w)", regex.IGNORECASE,
)
_RELATIVE = regex.compile(
    r"\b(?:(?P<day>today|tomorrow|yesterday)(?:\s+(?P<part>morning|afternoon|evening|night))?"
    r"|(?P<day>this)\s+(?P<part>morning|afternoon|evening)|(?P<day>last)\s+(?P<part>night)"
    r"|(?P<day>to)(?P<part>night)|(?P<day>the\s+day\s+after\s+tomorrow))\b", regex.IGNORECASE,
)
_PART = regex.compile(
    r"\b(?:in\s+the\s+(?:early\s+|late\s+)?(?P<part>morning|afternoon|evening)|at\s+(?P<part>night)"
    r"|the\s+(?P<part>morning|afternoon|evening|night)\s+of)\b", regex.IGNORECASE,
)
_PARTS = {"morning": "早上", "afternoon": "下午", "evening": "晚上", "night": "晚上"}
# Parts of a day that a wider one has said already: "this morning at 10 am" is 今天早上10点.
_WITHIN = {"早上": {"凌晨", "早上", "上午"}, "下午": {"中午", "下午"}, "晚上": {"下午", "晚上"}}
_RELATIVES = {"today": "今天", "this": "今天", "to": "今天", "tomorrow": "明天",
              "yesterday": "昨天", "last": "昨天", "the": "后天"}
_WHICH = {"this": "这", "next": "下", "last": "上", "every": "每", "each": "每"}
# What may stand between the members of one expression.
_LINK = regex.compile(
    r"\s*,?\s*(?:(?:at|on|@|[-–—|·])\s+)?(?P<about>(?:around|about)\s+)?(?:the\s+)?",
    regex.IGNORECASE,
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
    if lowered in _NOONS:
        return "".join(_NOONS[lowered])
    match = _CLOCK.fullmatch(lowered)
    found = _clock(match) if match else None
    return found.part + found.chinese if found else None


def moment(text: str) -> str | None:
    """A clock time, a date or a day in Chinese: "tomorrow" → "明天"; None for anything else."""
    bare = text.strip().lower().removeprefix("on ").removeprefix("at ")
    return _DAYS.get(bare) or clock(text) or date(text)


def date(text: str) -> str | None:
    """"Jan 15, 2025" → "2025年1月15日"; None when ``text`` is no such date."""
    match = next(filter(None, (each.fullmatch(text.strip()) for each in _DATES)), None)
    found = _date(match) if match else None
    return found.chinese if found else None


def times_and_dates(text: str) -> list[tuple[int, int, str]]:
    """(start, end, Chinese) of every clock time and date in an English text, in order.

    What belongs together is one: "Oct 5 at 4 pm", "7pm on Saturday", "tomorrow at 8". A day alone
    is left out.
    """
    found = []
    for group, about in _groups(text):
        start, end = group[0].start, group[-1].end
        if not _is_moment(group, text[:start]):
            continue
        if text[end - 1] == "." and not text[end:].strip():
            end -= 1  # the dot of "7 p.m." closes the sentence too
        found.append((start, end, _in_order(group) + ("左右" if about else "")))
    return found


@dataclass(frozen=True)
class _Member:
    """A member of an expression of time.

    Attributes:
        kind: "day" (tomorrow), "date", "weekday", "part" (of the day), "time" or "hour", which is
            no time by itself; "short", which may be a date.
        chinese: the member without its part of the day.
        part: that part, "" if it names none.
    """

    start: int
    end: int
    kind: str
    chinese: str
    part: str = ""

    @property
    def place(self) -> str:
        """The place in the expression that it takes; each is taken once."""
        return {"hour": "time", "short": "date"}.get(self.kind, self.kind)


def _members(text: str) -> list[_Member]:
    """Whatever in ``text`` may be a member, in order, none overlapping; the longest first."""
    found = []
    for expressions, read in _READERS:
        for expression in expressions:
            for match in expression.finditer(text):
                member = read(match)
                if member is not None:
                    found.append(member)
    result: list[_Member] = []
    for member in sorted(found, key=lambda m: (m.start, -m.end)):
        if not result or member.start >= result[-1].end:
            result.append(member)
    return result


def _groups(text: str) -> Iterator[tuple[list[_Member], bool]]:
    """The members that stand together, and whether the time is about so."""
    group: list[_Member] = []
    about = False
    for member in _members(text):
        link = _LINK.fullmatch(text, group[-1].end, member.start) if group else None
        listed = group and group[-1].place == "time" and "," in text[group[-1].end: member.start]
        if link and not listed and all(member.place != other.place for other in group):
            group.append(member)
            about = about or bool(link["about"])
            continue
        if group:
            yield group, about
        group, about = [member], False
    if group:
        yield group, about


def _is_moment(group: list[_Member], before: str) -> bool:
    kinds = {member.kind for member in group}
    if kinds & {"time", "date"}:
        return True
    if "short" in kinds:
        # "Friday 5/10" is a date, "I gave it 5/10 on Friday" a rating
        beside = "hour" in kinds or (len(kinds) > 1 and group[0].kind != "short")
        return beside or _DATE_AHEAD.search(before) is not None
    return "hour" in kinds and len(kinds) > 1


def _in_order(group: list[_Member]) -> str:
    said = {member.place: member for member in group}
    part = next(filter(None, (
        said[place].part for place in ("part", "day", "weekday") if place in said
    )), "")
    time = said.get("time")
    if time and time.part and time.part not in _WITHIN.get(part, ()):
        part = time.part
    chinese = "".join(
        said[place].chinese for place in ("day", "date", "weekday") if place in said
    ) + part + (time.chinese if time else "")
    return regex.sub(r"([今明昨])天晚上", r"\1晚", chinese)


def _clock(match: regex.Match[str]) -> _Member | None:
    """A time with am or pm, or a range of two: "9am-5pm", "7-9 pm"."""
    last = _hour(match["hour"], match["minute"], match["half"])
    if last is None:
        return None
    if match["hour1"] is None:
        return _Member(match.start("hour"), match.end(), "time", last[1], last[0])
    half = match["half1"] or (
        match["half"] if int(match["hour1"]) % 12 < int(match["hour"]) % 12
        else {"a": "p", "p": "a"}[match["half"].lower()]
    )
    first = _hour(match["hour1"], match["minute1"], half)
    if first is None:
        return None
    until = last[1] if last[0] == first[0] else "".join(last)
    return _Member(match.start(), match.end(), "time", f"{first[1]}到{until}", first[0])


def _hour(hour: str, minute: str | None, half: str) -> tuple[str, str] | None:
    """The part of the day and the time of an hour with am or pm; None if there is none such."""
    shown = int(hour)
    if not 1 <= shown <= 12 or int(minute or 0) > 59:
        return None
    day = shown % 12 + (12 if half.lower() == "p" else 0)
    part = next(name for end, name in (
        (5, "凌晨"), (9, "早上"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上")
    ) if day < end)
    return part, _dial(shown, minute)


def _dial(hour: int, minute: str | None) -> str:
    minutes = {0: "", 30: "半"}.get(int(minute or 0), f"{int(minute or 0):02d}分")
    return f"{hour}点{minutes}"


def _bare(match: regex.Match[str]) -> _Member | None:
    dials = []
    for hour, minute in ((match["hour1"], match["minute1"]), (match["hour"], match["minute"])):
        if hour is not None:
            if int(hour) > 24 or int(minute or 0) > 59:
                return None
            dials.append(_dial(int(hour), minute))
    if len(dials) == 1 and match.group().lower().startswith("from"):
        return None  # "from 7 on"
    return _Member(match.start(), match.end(), "hour", "到".join(dials))


_NOONS = {"noon": ("中午", "12点"), "midnight": ("半夜", "12点")}


def _noon(match: regex.Match[str]) -> _Member:
    part, chinese = _NOONS[match.group().lower()]
    return _Member(match.start(), match.end(), "hour", chinese, part)


def _date(match: regex.Match[str]) -> _Member | None:
    groups = match.groupdict()
    month, day = groups["month"], int(groups["day"])
    number = int(month) if month.isdigit() else _MONTHS[month.lower()]
    if month.isdigit() and number > 12 and groups["year"] and len(groups["year"]) == 4:
        number, day = day, number  # "25/12/2025", as they write it elsewhere
    if not 1 <= day <= 31 or not 1 <= number <= 12:
        return None
    chinese = f"{number}月{day}日"
    start = match.start()
    if groups.get("day2"):
        month2, day2 = groups["month2"], int(groups["day2"])
        if not 1 <= day2 <= 31 or not (month2 or day2 > day):
            return None
        other = _MONTHS[month2.lower()] if month2 else number
        chinese += f"至{other}月{day2}日" if other != number else f"至{day2}日"
    elif match.group().lower().startswith("from"):
        start = match.start("month")  # "from June 5 on"
    year = groups.get("year")
    if year:
        year = year if len(year) == 4 else f"{'19' if int(year) > 50 else '20'}{year}"
        chinese = f"{year}年{chinese}"
    return _Member(start, match.end(), "date", chinese)


def _short_date(match: regex.Match[str]) -> _Member | None:
    month, day = int(match["month"]), int(match["day"])
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return _Member(match.start(), match.end(), "short", f"{month}月{day}日")


def _weekday(match: regex.Match[str]) -> _Member:
    first, last = (
        next((_DAYS[day] for day in _DAYS if name and day.startswith(name.lower()[:3])
              and day.endswith("day") and day not in _RELATIVES), "")
        for name in (match["first"], match["last"])
    )
    which = match["which"] or ("every" if match["each"] and not last else "")
    chinese = _WHICH[which.lower()] + first if which else first
    return _Member(
        match.start(), match.end(), "day" if which else "weekday",
        f"{chinese}到{last}" if last else chinese, _PARTS.get((match["part"] or "").lower(), ""),
    )


def _relative(match: regex.Match[str]) -> _Member:
    return _Member(
        match.start(), match.end(), "day", _RELATIVES[match["day"].lower().split()[0]],
        _PARTS.get((match["part"] or "").lower(), ""),
    )


def _part(match: regex.Match[str]) -> _Member:
    return _Member(match.start(), match.end(), "part", "", _PARTS[match["part"].lower()])


_READERS: tuple[
    tuple[tuple[regex.Pattern[str], ...], Callable[[regex.Match[str]], _Member | None]], ...
] = (
    ((_CLOCK,), _clock), ((_BARE,), _bare), ((_NOON,), _noon), (_DATES, _date),
    ((_SHORT_DATE,), _short_date), ((_WEEKDAY,), _weekday), ((_RELATIVE,), _relative),
    ((_PART,), _part),
)
