"""Pieces that a translation must hand back untouched: emoji, tags, mentions, links, prices.

A sentence's pieces at its edges are taken off and put back; those inside it become placeholders
``⟦1⟧`` … that the engine carries through.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass

import regex

# One emoji as a reader sees it: flags (two regional indicators, or a black flag with tags),
# keycaps, and pictographs with skin tones, presentation selectors and ZWJ families.
EMOJI = (
    r"(?>\p{RI}\p{RI}"
    r"|[0-9#*]\uFE0F?\u20E3"
    r"|🏴[\U000E0061-\U000E007A\U000E0030-\U000E0039]+\U000E007F"
    r"|(?:(?![©®™0-9#*])\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F?)"
    r"[\p{EMod}\uFE0F]*"
    r"(?:\u200D(?:\p{Extended_Pictographic}|[♀♂⚕⚖✈])[\p{EMod}\uFE0F]*)*"
    r"|[©®™]\uFE0F|\p{RI})"
)
# Kaomoji: brackets with a face of symbols inside (never a word), or well-known bare ones.
_KAOMOJI = (
    r"(?:[ヽヾ٩ლ\\~＼⊂oO]?[（(](?![^()（）]*[A-Za-z]{2})[^\w\s()（）]{0,3}[^\p{L}\p{N}\s,.!?，。！？()（）]"
    r"[^()（）\p{Han}]{0,10}[^\p{L}\p{N}\s,.!?，。！？()（）][^\w\s()（）]{0,3}[)）]"
    r"[ノﾉ۶ლ/~⊃っシ]?"
    r"|¯\\_\([ツシ]\)_/¯|[TQ][_﹏ωωo]+[TQ]|>[_.﹏]<|\^[_.oωv]*\^|[oO0]_[oO0]|-_-[|#]*|=_=|(?<![\w:])[:;]-?[)(DPp3](?!\w)"
    r"|<3(?!\d)|(?<![\w:]):'\(|\b[Xx]D\b)"
)
PATTERN = regex.compile(
    r"(?P<link>(?:https?://|www\.)"
    r"(?:(?!" + EMOJI + r")[^\s\p{Han}，。！？；：、…“”‘’（）《》<>\"])+"
    r"(?<![.,!?;:')\]])"
    r"|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|net|org|io|cn|me|co|app|tv|gg|link)\b(?:/[^\s\p{Han}，。！？]*[\w/])?)"
    r"|(?P<email>[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]*[A-Za-z0-9])"
    r"|(?P<hashtag>\#(?!\uFE0F?\u20E3)[^\s\#\[\]@，。！？、；：,.!?;:“”\"'（）()]{1,60}?(?:\[[\p{Han}]{1,4}\])?\#"
    r"(?=[\s\#]|$|\p{P}|" + EMOJI + r")"
    r"|\#[^\s\#\[\]]{1,60}\[[\p{Han}]{1,4}\]\#"
    r"|(?<![A-Za-z0-9_&])\#(?!\uFE0F?\u20E3|\d+(?![\w·・-]))(?:(?!" + EMOJI + r")[\w\p{Han}·・-])+"
    r"(?:" + EMOJI + r"(?=[\w\p{Han}]))?)"
    r"|(?P<rank>(?<![A-Za-z0-9_&])\#\d+(?![\w·・-]))"
    r"|(?P<mention>(?<![A-Za-z0-9_.@])@[\w.\-\p{Han}]*[\w\p{Han}])"
    r"|(?P<sticker>\[[\p{Han}A-Za-z]{1,6}R\]|\[(?:doge|失望|微笑|害羞|笑哭|偷笑|捂脸|派对|赞|比心|哭惹|飞吻|石化|色色|"
    r"黄金薯|暗中观察|吃瓜|皱眉|蹲后续|买爆|种草|拔草)\])"
    r"|(?P<phone>(?<![\w.,$€£¥￥])(?:\+\d{1,3}[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-]?)\d{3,4}[ .-]?\d{4}"
    r"(?!\w|[.,]\d))"
    r"|(?P<price>(?:US|HK|NT|C|A)?[$€£¥￥₩]\s?\d[\d,]*(?:\.\d+)?(?:\s?[kKmMwW万亿])?(?![\w])"
    r"|\d[\d,]*(?:\.\d+)?\s?[$€£¥￥](?!\d)|\d[\d,]*(?:\.\d+)?\s?(?:USD|RMB|CNY)\b)"
    # nobody reads so long a number out, and the engine takes minutes over it
    r"|(?P<code>\d(?:[.,]?\d){24,})"
    r"|(?P<emoji>" + EMOJI + r"(?:" + EMOJI + r")*)"
    r"|(?P<kaomoji>" + _KAOMOJI + r")",
    regex.V0,
)
PLACEHOLDER = regex.compile(r"⟦\s*(\d+)\s*⟧")
#: For str.translate: a writer's own ⟦⟧ as brackets that are no placeholder.
BRACKETS = str.maketrans("⟦⟧", "[]")


@dataclass(frozen=True)
class Piece:
    """A protected piece: its kind ("emoji", "hashtag", …) and its text as written."""

    kind: str
    text: str


@dataclass(frozen=True)
class Part:
    """A stretch of text: either a protected piece or ordinary text (``piece`` is None)."""

    text: str
    piece: Piece | None = None


def parts(text: str) -> list[Part]:
    """Cut ``text`` into ordinary stretches and protected pieces; joined they give it back."""
    result, last = [], 0
    for match in PATTERN.finditer(text):
        if match.start() > last:
            result.append(Part(text[last: match.start()]))
        kind = next(name for name, value in match.groupdict().items() if value is not None)
        result.append(Part(match.group(), Piece(kind, match.group())))
        last = match.end()
    if last < len(text):
        result.append(Part(text[last:]))
    return result


def spans(text: str) -> list[tuple[int, int, str]]:
    """(start, end, kind) of every protected piece of ``text``."""
    found, start = [], 0
    for part in parts(text):
        if part.piece:
            found.append((start, start + len(part.text), part.piece.kind))
        start += len(part.text)
    return found


def pieces(text: str) -> list[str]:
    """The protected pieces of ``text`` in order, as written."""
    return [part.text for part in parts(text) if part.piece]


class Movable(str):
    """What a placeholder becomes when it is a name or a date of ours: it may change its place
    in the sentence as grammar wants, which the user's own pieces may not."""

    __slots__ = ()


class NameTerm(Movable):
    """A Movable that is a name: units that the engine hangs on it ("⟦1⟧岁") are dropped."""

    __slots__ = ()


class Measure(Movable):
    """A Movable that has its unit: a date, a time, a height, a score. A unit that the engine
    hangs on it ("⟦1⟧点") is dropped, and a part of the day that it puts before it ("凌晨⟦1⟧")."""

    __slots__ = ()


@dataclass(frozen=True)
class Float:
    """A piece without grammar (an emoji) inside a sentence; it is put back by its place.

    Attributes:
        after: how many placeholders stand before it.
        fraction: where it stands in the stretch between two placeholders, 0 to 1.
        text: the piece.
    """

    after: int
    fraction: float
    text: str


@dataclass(frozen=True)
class Masked:
    """A sentence with its pieces taken out.

    Attributes:
        lead, tail: protected pieces and white space at its edges, as written.
        text: what is to be translated, inner pieces as ⟦1⟧ ….
        inner: what each placeholder stands for in the translation, in order.
        floats: emoji and the like from inside the sentence.
    """

    lead: str
    text: str
    tail: str
    inner: tuple[str, ...]
    floats: tuple[Float, ...] = ()


# Pieces that belong to the sentence's grammar even at its end ("I paid $15", "thanks @lily",
# "you are #1": digits alone are no tag).
_GRAMMATICAL = {"price", "mention", "link", "email", "phone", "rank"}
_FLOATING = {"emoji", "kaomoji", "sticker"}
# Pieces that would swallow the word behind them if it followed without a space.
_OPEN_ENDED = regex.compile(r"(?:^|[^A-Za-z0-9_])[@#][^\s#]*$|^(?:https?://|www\.)\S*$|^\S+\.\w+(?:/\S*)?$")


# What begins a line of a list: "- eggs", "• milk", "2) Drink water", "a) yes".
_MARKER = regex.compile(
    r"\s*(?:[-–—*•·▪◦→>]+\s+(?=[\p{L}\p{N}⟦])|(?:\d{1,2}|[A-Za-z])[)）]\s*(?=\p{L}))"
)
# A number whose measure word follows, and a mark behind which an emoji stands well.
_COUNTING = regex.compile(r"[\d第一两二三四五六七八九十百千万半几]$")
_MARK = regex.compile(r"[，。！？；、,.!?;]$")


def mask(sentence: str, hidden: str = "") -> Masked:
    """Take the pieces of one sentence out: off its edges, or behind placeholders inside it.

    Args:
        hidden: a pattern of ordinary text that goes behind placeholders too.
    """
    found = parts(sentence)
    lead: list[str] = []
    tail: list[str] = []
    words = any(part.piece is None and regex.search(r"[\p{L}\p{N}]", part.text) for part in found)
    while found and _edge(found[0], words):
        lead.append(found.pop(0).text)
    while found and _edge(found[-1], words):
        tail.append(found.pop().text)
    if found and found[0].piece is None and words:
        marker = _MARKER.match(found[0].text)
        if marker:
            lead.append(marker.group())
            found[0] = Part(found[0].text[marker.end():])
    inner: list[str] = []
    floating: list[tuple[int, int, str]] = []
    body = ""

    def hide(match: regex.Match[str]) -> str:
        inner.append(match.group())
        return f"⟦{len(inner)}⟧"

    for part in found:
        if part.piece is None:
            space = body.endswith(" ") and part.text.startswith(" ")
            text = part.text[1:] if space else part.text
            body += regex.sub(hidden, hide, text) if hidden else text
        elif part.piece.kind in _FLOATING:
            floating.append((len(inner), len(body), part.text))
        else:
            inner.append(part.text)
            body += f"⟦{len(inner)}⟧"
    stripped = body.strip()
    before = body[: len(body) - len(body.lstrip())] if stripped else body
    after = body[len(body.rstrip()):] if stripped else ""
    bounds = [0, *(m.end() for m in PLACEHOLDER.finditer(body)), len(body)]
    floats = tuple(
        Float(count, (at - bounds[count]) / max(1, _next(body, count) - bounds[count]), text)
        for count, at, text in floating
    )
    return Masked(
        "".join(lead) + before, stripped, after + "".join(reversed(tail)), tuple(inner), floats
    )


def _next(body: str, count: int) -> int:
    """Where the placeholder after the first ``count`` begins; the body's end if there is none."""
    starts = [m.start() for m in PLACEHOLDER.finditer(body)]
    return starts[count] if count < len(starts) else len(body)


def _edge(part: Part, words: bool) -> bool:
    if part.piece is None:
        return not part.text.strip()
    return not words or part.piece.kind not in _GRAMMATICAL


def unmask(
    text: str, inner: tuple[str, ...], floats: tuple[Float, ...] = (),
    boundaries: Callable[[str], list[int]] | None = None,
) -> str | None:
    """Put the inner pieces back; None when a placeholder is lost, doubled or out of order.

    Names and dates (Movable) may change places.

    Args:
        boundaries: positions between the words of a stretch, where an emoji may stand.
    """
    numbers = [int(number) for number in PLACEHOLDER.findall(text)]
    if sorted(numbers) != list(range(1, len(inner) + 1)):
        return None
    fixed = [n for n in numbers if not isinstance(inner[n - 1], Movable)]
    if fixed != sorted(fixed):
        return None
    stretches = [""]
    closed: list[set[int]] = [set()]  # places inside our own names and dates
    named = ""
    parted = PLACEHOLDER.split(text)
    for at, part in enumerate(parted):
        if at % 2 == 0:
            following = inner[int(parted[at + 1]) - 1] if at + 1 < len(parted) else ""
            stretches[-1] += _without_unit(named, part, following)
        elif int(part) in fixed:
            stretches.append("")
            closed.append(set())
            named = ""
        else:
            named = inner[int(part) - 1]
            if stretches[-1][-1:].isdigit() and named[0].isdigit():
                stretches[-1] += " "  # two numbers are not one
            start = len(stretches[-1])
            stretches[-1] += named
            closed[-1].update(range(start + 1, start + len(named)))
    for after in {item.after for item in floats}:
        here = [item for item in floats if item.after == after]
        stretches[after] = _place(stretches[after], here, boundaries, closed[after])
    result = stretches[0]
    for number, following in zip(fixed, stretches[1:], strict=True):
        result = join(result, inner[number - 1])
        if following and needs_space(result, following):
            result += " "
        result += following
    return result


# A part of the day that an engine puts before a time of ours; 今天早上 is a time of its own.
_PART_OF_DAY = regex.compile(
    r"(?<![今昨明天日末一二三四五六])(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜)的?$"
)
# A unit behind a Measure; 点餐, 日落 and 岁月 are words of their own.
_UNIT = regex.compile(
    r"^(?:点(?:钟|整|了(?=[，。！？]|$))?(?![餐菜单赞击评心头亮燃名了个外蜡])|号(?![码召称])|岁了?(?!月)"
    r"|日(?![落出子本程历常记光语])|[年度月天](?!\p{Han}))?(?:上(?=见|[，。！？]|$))?"
)


def _without_unit(name: str, part: str, following: str) -> str:
    """``part`` without the unit or repeated ending that an engine hung on ``name`` before it, and
    without the part of the day that it put before the Measure ``following``.

    A hanzi behind it makes it a word's beginning ("西雅图|天气"), but for 的 ("俄亥俄州|州的").
    """
    if isinstance(following, Measure):
        part = _PART_OF_DAY.sub("", part)
    if isinstance(name, Measure):
        return _UNIT.sub("", part)
    if not isinstance(name, NameTerm):
        # half a cup is 半杯, not 半一杯
        return part.removeprefix("一") if name == "半" else part
    return regex.sub(
        rf"^(?:[岁年度号月日天点](?!\p{{Han}})|{regex.escape(name[-1])}(?![\p{{Han}}--的]))", "",
        part, flags=regex.V1,
    )


def _place(
    stretch: str, floats: list[Float], boundaries: Callable[[str], list[int]] | None,
    closed: Set[int],
) -> str:
    """Set floating pieces at the word boundaries nearest to where they stood, in order.

    Args:
        closed: places where none may stand; nor does one between a number and its measure word.
    """
    between = set(boundaries(stretch) if boundaries else ()) - closed
    allowed = sorted({0, len(stretch)} | {
        at for at in between if not _COUNTING.search(stretch, 0, at) or at == len(stretch)
    })
    # behind a mark is a better place than between two words
    marked = [2 * bool(_MARK.search(stretch, 0, at)) for at in range(len(stretch) + 1)]
    spaced = not regex.search(r"\p{Han}", stretch)
    result, last = "", 0
    for item in floats:
        aim = round(item.fraction * len(stretch))
        at = min((b for b in allowed if b >= last),
                 key=lambda b: abs(b - aim) - marked[b], default=last)
        result += stretch[last:at]
        if spaced and result and not result[-1].isspace():
            result += " "
        result += item.text
        last = at
        if spaced and at < len(stretch) and regex.match(r"\w", stretch[at:]):
            result += " "
    return result + stretch[last:]


def needs_space(before: str, following: str) -> bool:
    """Whether ``following`` would become part of the tag, mention or link that ends ``before``."""
    return bool(
        before and following and regex.match(r"[\w\p{Han}.\-/#·・\[]|" + EMOJI, following)
        and _OPEN_ENDED.search(before.split()[-1] if before.split() else "")
        and not before[-1].isspace()
    )


def join(before: str, piece: str) -> str:
    """``before`` and a piece behind it, apart where they would run together ("a" + "@b")."""
    glued = before and piece and regex.match(r"[@#\w]", piece) and regex.search(
        r"[A-Za-z0-9_&.@#]$", before
    )
    return f"{before} {piece}" if glued or needs_space(before, piece) else before + piece
