"""Ranges, fractions, scores, heights and degrees: signs between digits that an engine loses.

Where their sense is clear they are put in Chinese; elsewhere they are kept as they are written,
as Chinese readers know "24/7", "50/50" and "10-15" too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import regex

from helper.translation import numbers

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?(?![.,]?\d)"
_BEFORE = r"(?<![\w.,:/$€£¥#@⟦'’-])"
_DASH = r"\s?[-–—~]\s?"
_TO = rf"(?:{_DASH}|\s+to\s+)"
_MINUS = r"(?<![\w.,)\]%⟧])[-−]|\b(?:minus|negative)\s+"
_UNIT = (
    r"(?:year|month|week|day|night|hour|hr|minute|min|second|sec|mile|page|foot|feet|inch|pound|lb|"
    r"ounce|oz|kg|km|cm|mm|ft|person|people|percent|dollar|buck|time|cup|mph|children|men|women)"
)
# Plural words and units: what a range counts.
_COUNTED = (
    rf"(?=\s*(?:{_UNIT}s?\b)|-{_UNIT}s?\b"
    r"|\s+(?:(?!(?:as|at|for|in|on|vs|but|last|this|against|is|was)\b)\p{L}+\s+)?"
    r"(?!(?:is|was|has|this|us|its|always|plus|vs|as|yes|less|perhaps|besides|does)\b)\p{L}+s\b"
    r"(?<!ss))"
)
_COUNTING = (
    r"(?<=\b(?:ages?|pages?|chapters?|episodes?|weeks?|seasons?|levels?|grades?|verses?|about"
    r"|around|roughly|approximately|between)\s+(?:of\s+)?)"
)
_GAME = regex.compile(
    r"\b(?:won|wins?|winning|los[et]|losing|beat|beaten|scored?|scores|tied?|draw|drew|led|final|"
    r"match|defeat(?:ed)?|victory)\b", regex.IGNORECASE,
)
_MEASURES = (
    r"(?:cups?|tsp|tbsp|teaspoons?|tablespoons?|hours?|miles?|pounds?|lbs?|inch(?:es)?|days?|years?|"
    r"months?|gallons?|pints?|quarts?|price|glass|bag|bowl|slice|pages?|sticks?|cans?|bottles?|"
    r"ounces?|oz|off)"
)
_TALL = regex.compile(r"\s+(?:tall|high|long|wide|deep)\b", regex.IGNORECASE)
_NUMERALS = "零一二三四五六七八九十"
_PARTS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}


def _height(match: regex.Match[str]) -> str | None:
    feet, inches = match["feet"], match["inches"]
    if float(inches or 0) >= 12:
        return None
    tall = match["be"] is not None and not (
        _TALL.match(match.string, match.end()) or "height" in match.string.lower()
    )
    return f"{'身高' if tall else ''}{feet}英尺{f'{inches}英寸' if inches else ''}"


def _degrees(match: regex.Match[str]) -> str | None:
    low, high, below = match["low"], match["high"], match["below"]
    minus, minus2, scale = match["minus"] or below, match["minus2"] or below, match["scale"]
    if not (minus or scale or high or "°" in match.group()):
        return None  # the engine knows "20 degrees"
    unit = {"f": "华氏度", "c": "摄氏度"}.get((scale or " ")[0].lower(), "度")
    first = f"{'零下' if minus else ''}{low}"
    if high is None:
        return first + unit
    return f"{first}到{'零下' if minus2 else '零上' if minus else ''}{high}{unit}"


def _fraction(match: regex.Match[str]) -> str | None:
    whole, part = match["whole"], _PARTS.get(match["part"], match["part"])
    over, under = (int(number) for number in part.split("/"))
    if not 0 < over < under <= 16:
        return None
    if whole:
        value = f"{int(whole) + over / under:g}"
        return value if len(value) <= len(whole) + 3 else f"{whole}又{over}/{under}"
    if match["of"]:
        if under > 10:
            return None
        return "一半" if part == "1/2" else f"{_NUMERALS[under]}分之{_NUMERALS[over]}"
    return "半" if part == "1/2" else part


def _range(match: regex.Match[str]) -> str | None:
    return _range_of(match["low"], match["high"], match["mark"])


def _range_of(low: str, high: str, mark: str = "") -> str | None:
    rises = float(low.replace(",", "")) < float(high.replace(",", ""))
    return f"{low}{mark}到{high}{mark}" if rises else None


def _ages(match: regex.Match[str]) -> str | None:
    span = _range_of(match["low"], match["high"])
    return span and f"{span}岁"


def _from(match: regex.Match[str]) -> str:
    low, high = match["low"], match["high"]
    year = "年" if all(regex.fullmatch(r"(?:19|20)\d\d", n) for n in (low, high)) else ""
    return f"从{low}{year}到{high}{year}"


def _score(match: regex.Match[str]) -> str | None:
    return f"{match['low']}比{match['high']}" if _GAME.search(match.string) else None


def _hours(match: regex.Match[str]) -> str:
    return f"{match['low']}点到{match['high']}点"


def _in_one(match: regex.Match[str]) -> str:
    return match["low"] + {"on": "对", "in": "合"}[match["word"].lower()] + match["high"]


def _dozens(match: regex.Match[str]) -> str:
    many = numbers.number(match["many"] or "")
    count = "半" if many is None else "两" if many == 2 else str(many)
    return f"{count}打"


def _written(match: regex.Match[str]) -> str:
    return regex.sub(r"\s+", "", match.group())


_Reading: TypeAlias = Callable[[regex.Match[str]], str | None]


def _rule(
    expression: str, read: _Reading, whole: bool
) -> tuple[regex.Pattern[str], _Reading, bool]:
    return regex.compile(expression, regex.IGNORECASE), read, whole


# (expression, its Chinese, whether that is whole without a unit behind it); the first that reads
# a place has it.
_RULES = (
    _rule(
        r"(?P<be>(?<=(?:\bam|\bis|\bare|\bwas|['’](?:m|s|re))\s+))?" + _BEFORE +
        r"(?P<feet>[1-9])(?:(?:\s?['′’]\s?|\s?(?:ft|feet|foot)\.?\s?)(?P<inches>\d{1,2}(?:\.\d)?)"
        r"(?:\s?(?:[\"″”]|''|in(?:ch(?:es)?)?\b\.?))?|\s?(?:['′’]|ft|feet|foot)(?=\s+tall\b))(?![\w'’:])",
        _height, True,
    ),
    _rule(
        rf"(?P<minus>{_MINUS})?{_BEFORE.replace('-', '')}(?P<low>{_NUMBER})\s?°?"
        rf"(?:{_TO}(?P<minus2>[-−]|minus\s+)?(?P<high>{_NUMBER}))?"
        r"\s?(?:(?:°|º|˚|degrees?\b)(?:\s?(?P<scale>(?:F|C|fahrenheit|celsius)\b))?"
        r"|(?-i:(?P<scale>(?<=\d{3}\s?)F\b))|(?=\s+below\s+zero\b))(?P<below>\s+below(?:\s+zero)?\b)?",
        _degrees, True,
    ),
    _rule(r"\b(?:(?P<half>half\s+(?:an?\s+)?)|(?P<many>\d+|two|three|four|five|six|ten)\s+)dozen\b",
          _dozens, True),
    _rule(rf"{_BEFORE}(?P<low>\d)-(?P<word>on|in)-(?P<high>\d)\b", _in_one, True),
    _rule(
        rf"{_BEFORE}(?:(?P<whole>\d+)[\s-]?)?(?P<part>[½¼¾⅓⅔]|(?<!\d)\d/\d{{1,2}}(?![\d/]))"
        rf"(?=\s+(?:(?P<of>of)\b|{_MEASURES}\b)|(?(whole)\s+\p{{L}}|(?!)))",
        _fraction, False,
    ),
    _rule(rf"{_BEFORE}(?P<low>{_NUMBER}){_DASH}(?P<high>{_NUMBER})(?P<mark>[%k])(?!\w)", _range,
          False),
    _rule(rf"{_BEFORE}(?P<low>{_NUMBER}){_TO}(?P<high>{_NUMBER})(?P<mark>)(?:(?=-{_UNIT})|"
          rf"(?=\s*{_UNIT}s?\b))", _range, False),
    _rule(rf"{_BEFORE}(?P<low>\d{{1,3}}){_TO}(?P<high>\d{{1,3}})(?![\w/%.:-])", _score, True),
    _rule(rf"{_BEFORE}(?P<low>{_NUMBER}){_TO}(?P<high>{_NUMBER})(?P<mark>){_COUNTED}", _range,
          False),
    _rule(rf"\bage[sd]?\s+(?P<low>\d+){_TO}(?P<high>\d+)(?![\w/.-])", _ages, True),
    _rule(rf"{_COUNTING}{_BEFORE}(?P<low>{_NUMBER}){_TO}(?P<high>{_NUMBER})(?P<mark>)(?![\w/-])",
          _range, False),
    _rule(rf"\bfrom\s+(?P<low>{_NUMBER}){_TO}(?P<high>{_NUMBER})(?![\w/:-])", _from, False),
    _rule(rf"(?<=\b(?:works?|working|open|shifts?|hours)\s+(?:is\s+|are\s+|from\s+)?)"
          rf"(?!9\D+5\b)(?P<low>[1-9]|1[0-2]){_TO}(?P<high>[1-9]|1[0-2])(?![\w/%:.-])|"
          rf"{_BEFORE}(?!9\D+5\b)(?P<low>[1-9]|1[0-2]){_TO}(?P<high>[1-9]|1[0-2])(?=\s+(?:job|shift)\b)",
          _hours, True),
    _rule(rf"{_BEFORE}9(?:-|\s+to\s+)5(?![\w/:.-])", lambda match: "朝九晚五", True),
    # models and diseases: "B-52", "COVID-19"; roads: "66-A"
    _rule(r"(?<![\w#@⟦-])(?:(?-i:[A-Z]{1,6})|covid)-\d+(?-i:[A-Z])?(?![\w-])", _written, True),
    _rule(r"\b(?:Route|Highway|Interstate|Rte|Hwy)\.?\s+(?P<road>\d+-[A-Z])(?![\w-])",
          lambda match: f"{match['road']}号公路", True),
    _rule(rf"{_BEFORE}\d+-(?-i:[A-Z])(?![\w-])", _written, True),
    # versions, addresses and durations
    _rule(r"\b(?:version|ver\.?|v\.?)\s?(?P<version>\d+(?:\.\d+)+)(?!\w)",
          lambda match: f"{match['version']}版本", True),
    _rule(rf"{_BEFORE}\d+(?:(?:\.\d+){{2,}}|(?::\d\d){{2}})(?!\w)", _written, True),
    _rule(rf"{_BEFORE}\d[\d.,:]*(?:[-–—/~]\d[\d.,:]*(?<=\d))+%?(?!\w)", _written, True),
    _rule(r"(?<![\w.,)\]%⟧-])[-−]\d+(?:,\d{3})*(?:\.\d+)?%?(?![\w-])", _written, False),
)


def amounts(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """(start, end, Chinese, whole) of every such amount in an English text, in order.

    Whole ones carry their unit; the others may take one behind them ("1到2" 个小时).
    """
    found: list[tuple[int, int, str, bool]] = []
    for expression, read, whole in _RULES:
        for match in expression.finditer(text):
            chinese = read(match)
            if chinese and not any(a < match.end() and match.start() < b for a, b, _, _ in found):
                found.append((match.start(), match.end(), chinese, whole))
    return iter(sorted(found))
