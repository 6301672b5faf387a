"""Measures and money that a Chinese reader would have to convert: miles, °F, pounds, dollars.

Measures convert exactly as defined (NIST Handbook 44, appendix C) and are rounded as one would
say them. Money is only a hint: the rates are yuan per unit as they stood in late 2025, kept
here and never fetched; the text says "about".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import regex

from helper.translation import numbers

#: Yuan per unit of a currency, and when that was so.
RATES = {"USD": 7.1, "EUR": 8.2, "GBP": 9.4, "CAD": 5.1, "AUD": 4.6}
RATES_OF = "2025-11"


@dataclass(frozen=True)
class Hint:
    """A measure or an amount and what it is in China's units.

    Attributes:
        written: as in the English ("5 miles").
        english: "about 8 km".
        chinese: "约8公里", for putting behind the amount in brackets.
        kind: "measure" or "money".
        applied: the Chinese sentence with the hint in brackets behind the amount; "" when the
            amount's place in it is not certain.
    """

    written: str
    english: str
    chinese: str
    kind: str
    applied: str = ""


@dataclass(frozen=True)
class _Unit:
    words: str
    convert: Callable[[float], tuple[float, str, str]]
    chinese: str  # how the amount's unit may stand in the Chinese sentence
    #: whether the words mean this unit, as the Chinese sentence tells
    meant: Callable[[str], bool] = lambda _: True


def _length(metres: float) -> tuple[float, str, str]:
    if metres >= 1000:
        return metres / 1000, "km", "公里"
    return (metres * 100, "cm", "厘米") if metres < 3 else (metres, "m", "米")


def _weight(kilograms: float) -> tuple[float, str, str]:
    return (kilograms, "kg", "公斤") if kilograms >= 1 else (kilograms * 1000, "g", "克")


def _sterling(chinese: str) -> bool:
    """Whether "pounds" are money in the Chinese sentence (镑) and no weight (磅)."""
    return "镑" in chinese and "磅" not in chinese


_UNITS = (
    _Unit(r"miles?(?! per| an)|mi", lambda v: _length(v * 1609.344), r"英里"),
    _Unit(r"mph|miles (?:per|an) hour", lambda v: (v * 1.609344, "km/h", "公里/小时"),
          r"英里(?:每小时|/小时)?"),
    # "4 feet" may be a dog's
    _Unit(r"feet|foot|ft", lambda v: _length(v * 0.3048), r"英尺", lambda zh: "英尺" in zh),
    _Unit(r"inch(?:es)?", lambda v: _length(v * 0.0254), r"英寸"),
    _Unit(r"yards?", lambda v: _length(v * 0.9144), r"码"),
    _Unit(r"pounds?|lbs?", lambda v: _weight(v * 0.45359237), r"磅",
          lambda zh: not _sterling(zh)),
    _Unit(r"ounces?|oz", lambda v: _weight(v * 0.028349523), r"盎司"),
    _Unit(r"gallons?", lambda v: (v * 3.785411784, "liters", "升"), r"加仑"),
    _Unit(r"acres?", lambda v: (v * 0.40468564, "hectares", "公顷"), r"英亩"),
    _Unit(r"degrees?(?: fahrenheit| f)?\b(?! c)|°\s?f", lambda v: ((v - 32) / 1.8, "°C", "摄氏度"),
          r"(?:华氏)?度|°F|℉|华氏度"),
)
_WORD_NUMBER = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five"
    r"|six|seven|eight|nine))?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen"
)
_MEASURE = regex.compile(
    r"(?<![\w$€£.])(?P<value>-?\d[\d,]*(?:\.\d+)?|" + _WORD_NUMBER + r")[\s-]?(?:" + "|".join(
        f"(?P<u{n}>{unit.words})" for n, unit in enumerate(_UNITS)
    ) + r")(?!\w)", regex.IGNORECASE,
)
_FEET = regex.compile(
    r"(?<![\w.])(?P<feet>\d)\s?(?:['’′]|ft|feet|foot)\s?(?P<inches>\d{1,2})(?:[\"”″]|''|\s?in(?:ch(?:es)?)?\b)?",
    regex.IGNORECASE,
)
_SCALES = {"k": 1e3, "thousand": 1e3, "grand": 1e3, "m": 1e6, "mn": 1e6, "mil": 1e6,
           "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}
# An amount whole, with what multiplies it: of "$1.5M" neither "$1" nor "$1.5".
_AMOUNT = (
    r"(?P<value>\d++(?:,\d{3})*+(?:\.\d++)?+)(?![.,]?\d)"
    r"(?P<scale>(?:[kmb]|[mb]n|mil|[ -]?(?:thousand|grand|million|billion))(?!\w))?+"
)
# A letter before the sign or a code behind makes it another currency ("HK$", "$9 CAD"); of
# "$5 k" and "$5 trillion" we are not sure.
_SIGNED = regex.compile(
    r"(?<!\p{L})(?P<sign>US\$|CA?\$|AU?\$|[$€£])\s?" + _AMOUNT
    + r"(?!(?!usd)\p{L}|\s?(?:[kmb]|[mb]n|mil|trillion|cad|aud|hkd|nzd|sgd|twd|ntd|mxn)(?!\w))",
    regex.IGNORECASE,
)
_NAMED = regex.compile(
    r"(?<![\w$€£.,])" + _AMOUNT + r"\s?(?P<sign>dollars?|bucks|usd|euros?|eur|pounds?)(?!\w)",
    regex.IGNORECASE,
)
_CURRENCY = {"$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "c$": "CAD", "ca$": "CAD",
             "a$": "AUD", "au$": "AUD", "d": "USD", "b": "USD", "u": "USD", "e": "EUR",
             "p": "GBP"}
#: The largest amount that is converted; what is larger is no price and no length.
_MOST = 1e12
_NUMERALS: dict[float, str] = dict(
    zip(range(1, 11), ("一", "[二两]", *"三四五六七八九十"), strict=True)
)
_SCALES_ZH = {"千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}


def hints(english: str, chinese: str) -> tuple[Hint, ...]:
    """Every measure and amount of an English sentence in China's units, in order.

    Args:
        chinese: the sentence's Chinese, into which a hint may be put.
    """
    found = [*_feet(english, chinese), *_measures(english, chinese), *_money(english, chinese)]
    return tuple(hint for _, hint in sorted(found, key=lambda item: item[0]))


def _feet(english: str, chinese: str) -> Iterator[tuple[int, Hint]]:
    for match in _FEET.finditer(english):
        inches = int(match["inches"])
        if inches < 12 and 3 <= int(match["feet"]) <= 8:
            size = round((int(match["feet"]) * 12 + inches) * 2.54)
            place = regex.compile(r"[\d五六]\s?英尺\s?[\d零一二三四五六七八九十]{1,2}\s?英?寸|"
                                  + regex.escape(match.group()))
            yield match.start(), _hint(match.group(), f"{size} cm", f"{size}厘米", "measure",
                                       chinese, place)


def _measures(english: str, chinese: str) -> Iterator[tuple[int, Hint]]:
    taken = [match.span() for match in _FEET.finditer(english)]
    for match in _MEASURE.finditer(english):
        if any(a <= match.start() < b for a, b in taken):
            continue
        unit = next(u for n, u in enumerate(_UNITS) if match[f"u{n}"])
        value = _number(match["value"])
        if value is None or not unit.meant(chinese):
            continue
        if "度" in unit.chinese and not _weather(english, match, value):
            continue
        amount, name, zh = unit.convert(value)
        shown = _rounded(amount)
        gap = "" if name == "°C" else " "
        yield match.start(), _hint(
            match.group(), f"{shown}{gap}{name}", f"{shown}{zh}", "measure", chinese,
            _place(match["value"], value, unit.chinese),
        )


def _weather(english: str, match: regex.Match[str], value: float) -> bool:
    """Whether "degrees" are of heat and in Fahrenheit ("turn 90 degrees" is not)."""
    said = match.group().casefold()
    return "f" in said.split("degree")[-1] or "°" in said or (
        -30 <= value <= 130 and regex.search(
            r"\b(?:hot|cold|warm|weather|outside|sunny|snow|temperature|heat|oven|preheat|winter|"
            r"summer|today|fever|below)\b", english, regex.IGNORECASE,
        ) is not None
    )


def _money(english: str, chinese: str) -> Iterator[tuple[int, Hint]]:
    for match in (*_SIGNED.finditer(english), *_NAMED.finditer(english)):
        sign = match["sign"].casefold()
        if sign.startswith("pound") and not _sterling(chinese):
            continue
        scale = (match["scale"] or "").strip(" -").casefold()
        value = (_number(match["value"]) or 0) * _SCALES.get(scale, 1)
        if not 0 < value < _MOST:
            continue
        yuan = _about(value * RATES[_CURRENCY.get(sign) or _CURRENCY[sign[0]]])
        digits = _digits(f"{value:.12g}" if scale else match["value"], value)
        place = regex.compile(
            rf"(?:{regex.escape(match.group())}|[$€£]\s?{digits})(?![.,]?\d|\s?[百千万亿kKmMbB])"
            rf"|{digits}\s?(?:多|余)?(?:美元|美金|刀|块钱?|欧元|英?镑|加元|澳元)"
        )
        yield match.start(), _hint(
            match.group(), f"¥{yuan:,}", f"{_in_hanzi_units(yuan)}元人民币", "money", chinese, place
        )


def _place(written: str, value: float, unit: str) -> regex.Pattern[str]:
    return regex.compile(_digits(written, value) + rf"\s?(?:多|几)?(?:{unit})", regex.IGNORECASE)


def _digits(written: str, value: float) -> str:
    options = [regex.escape(form) for form in (written, written.replace(",", ""), f"{value:.12g}")]
    if value in _NUMERALS:
        options.append(_NUMERALS[value])
    for unit, size in _SCALES_ZH.items():
        if value >= size:
            count = value / size
            options += [regex.escape(f"{count:.12g}") + unit, _NUMERALS.get(count, "(?!)") + unit]
    return r"(?<![\d.十百千万])(?:" + "|".join(options) + r")"


def _hint(
    written: str, english: str, chinese: str, kind: str, sentence: str,
    place: regex.Pattern[str],
) -> Hint:
    match = place.search(sentence)
    applied = ""
    if match and not sentence[match.end():].startswith(("（", "(")):
        applied = f"{sentence[: match.end()]}（约{chinese}）{sentence[match.end():]}"
    return Hint(written, f"about {english}", f"约{chinese}", kind, applied)


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return numbers.number(text)
    return value if abs(value) < _MOST else None


def _rounded(value: float) -> str:
    """As one would say it: whole numbers from ten up, one decimal below."""
    if abs(value) >= 1000:
        return f"{round(value, -1):.0f}"
    if abs(value) >= 10 or value == round(value):
        return f"{value:.0f}"
    return f"{value:.1f}".removesuffix(".0")


def _about(yuan: float) -> int:
    """Two leading digits, as an approximate amount deserves."""
    if yuan < 10:
        return max(1, round(yuan))
    digits = len(str(int(yuan)))
    return int(round(yuan, 2 - digits))


def _in_hanzi_units(yuan: int) -> str:
    """14000 → "1.4万"."""
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if yuan >= size:
            return f"{yuan / size:g}{unit}"
    return str(yuan)
