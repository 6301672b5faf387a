"""Is this translation sound? Checks on one sentence that need no second model."""

from __future__ import annotations

import math
from collections import Counter
from decimal import Decimal
from typing import Literal

import regex

from helper.mandarin.script import HANZI
from helper.translation import numbers
from helper.translation.protect import PLACEHOLDER
from helper.translation.result import Warning

#: A sentence with one of these is never shown as a good translation.
SEVERE = frozenset({
    Warning.REPEATED, Warning.EMPTY, Warning.WRONG_SCRIPT, Warning.TOO_SHORT, Warning.TOO_LONG,
    Warning.ECHO, Warning.PIECE,
})
#: Certainty (see Hypothesis) under which the engine itself is unsure: the lowest quarter of our dev
#: split, whose chrF is two thirds of the rest's.
UNSURE = -2.3

_DIGITS = regex.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.:]\d+)*|(?<![\w.])\.\d+")
# 打 that is no dozen: 一打开, 一打电话, 三打二.
_BEAT = "[开电听完算架扮包扫车招折断烊印球游牌字的了赢败二两三四五六七八九十0-9]"
# Units behind a number; the k of "5km" and the 千 of 千克 and 千米 belong to the measure.
_SCALE = regex.compile(
    r"[\s-]?(?P<unit>[万亿]|百(?!分)|千(?![克米瓦卡])|(?:k|dozen|hundred|thousand|million|billion)(?![a-z克米])"
    rf"|打(?!{_BEAT}))"
    r"(?P<unit>[万亿百]|千(?![克米瓦卡]))*", regex.IGNORECASE,
)
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "k": 1000, "dozen": 12, "打": 12,
           "hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_NUMERAL = regex.compile(r"(?:[零〇一二两俩三仨四五六七八九十百万亿]|千(?![克米瓦卡]))+")
# The minutes of 七点半, 七点一刻 and 七点三刻.
_MINUTES = regex.compile(r"(?<=点)(?:半|[一三]刻)")
_DOZEN = regex.compile(rf"打(?!{_BEAT})")
# A number below zero, and whatever may say so in a translation.
_BELOW_ZERO = regex.compile(
    r"(?<![\w.,)\]%⟧-])[-−]\d|\b(?:minus|negative)\s+\d|\d\s+below\s+zero\b|(?:零下|负)[\d一二三四五六七八九十]",
    regex.IGNORECASE,
)
_MINUS = regex.compile(
    r"[-−]\d|\b(?:minus|below|negative|sub-?zero|freezing)\b|零下|[负减]|冰点", regex.IGNORECASE
)
_TOUCHING = regex.compile(r"⟦(\d+)⟧\s*⟦(\d+)⟧")
_PARTED = regex.compile(
    r"⟦(\d+)⟧\s*(?:[-–—~/:]|to|or|and|by|x|vs\.?)\s*⟦(\d+)⟧", regex.IGNORECASE
)
_GLUED = regex.compile(r"⟧[.,]?\d|\d[.,]?⟦")
_AGE_ZH = regex.compile(r"(?:(?<![\d:.])(?P<age>\d+)|[\d⟧])岁(?!月)")
# "I'm 30", "at 25": a number that nothing follows which it could count.
_AGE_EN = regex.compile(
    r"\b(?:old|older|age[ds]?|aging|turn\w*|(?:birth|b-?)days?|born|years?|yrs?|y[./]?o|teens?|toddlers?|"
    r"months?|young\w*|kids?|child|children)\b|\d(?:yo|y/o|yrs?|m|f)\b"
    r"|,\s\d\d(?=,|$)|\b(?:at|under|over|until|till)\s+(?:1[3-9]|[2-9]\d)\b(?!\s*(?:[%°:.,]\d|[%°]|"
    r"degrees?|dollars?|bucks|minutes?|hours?|miles?|mph|percent|[ap]\.?m))"
    r"|\b[mf]\d\d\b|\b(?:my|your|his|her|our|their|early|mid|late)[\s-]+(?:\w+[\s-]+)?\d0s\b"
    r"|(?:\b(?:am|is|are|was|were|be|been|at|by|until|till|before|after|since|over|under|past|between|"
    r"and|to|only|just|almost|nearly|already|barely|like|about)|['’](?:m|s|re)|\bim)"
    r"\s+(?<!\bat\s+(?=(?:\d|1[0-2])\b))(?:\d{1,3}|⟦\d+⟧)(?!\s*[%°:/.-]?\d)(?=\s*(?:[,.!?;)…\p{Emoji_Presentation}]|⟦|$|\b(?:and|or|but|"
    r"today|tomorrow|now|already|when|in|this|next|on|so|yet|again|with|as|while|because|I|he|she|"
    r"they|we|my)\b))",
    regex.IGNORECASE,
)
_HOUR_ZH = regex.compile(r"(?<![\d:.⟧到至-])(\d+)点(?![击赞餐菜头单心评五\d])")
_PAST_EN = regex.compile(r"[:.](?:15|30|45)|\b(?:half|quarter|fifteen|thirty|forty)\b", regex.I)
_NOON_EN = regex.compile(r"\b(?:noon|midnight|midday)\b", regex.IGNORECASE)
_POINTS_EN = regex.compile(r"\b(?:points?|pts|pt|percent\w*|dots?)\b|%|\d\.\d", regex.IGNORECASE)
_PART_OF_DAY_ZH = regex.compile(
    r"(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|半夜)的?(?:[\d零一二两三四五六七八九十]{1,3}点|\d{1,2}:\d\d)"
)
_PART_OF_DAY_EN = regex.compile(
    r"\b(?:(?:after|fore)?noons?|(?:mid|to)?nights?|mornings?|evenings?|days?|am|pm|a\.m|p\.m|late|"
    r"early|dawn|dusk|dark|sun\w+|wak\w+|woke\w*|g[eo]t(?:ting)? up|alarms?|bed\w*|sleep\w*|slept|"
    r"asleep|breakfasts?|brunch|lunch\w*|dinners?|suppers?|school\w*|work\w*|(?:1[3-9]|2[0-4]):\d\d)\b"
    r"|\d\s?[ap]m?\b",
    regex.IGNORECASE,
)
_ONE = frozenset({"a", "an", "one"})
_NUMBER_WORD = regex.compile(
    r"\b(?:an?|one|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|"
    r"five|six|seven|eight|nine))?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)\b", regex.IGNORECASE,
)
_NEGATIVE_EN = regex.compile(
    r"\b(?:not|never|no|none|nobody|nothing|nowhere|neither|nor|without|cannot|\w+n['’]t|"
    r"(?:do|does|did|is|are|was|were|ca|wo|would|could|should|have|has|had)nt)\b",
    regex.IGNORECASE,
)
# English negatives that Chinese usually puts without one, and questions that only look negative.
_IDIOM_EN = regex.compile(
    r"can['’]?t wait|no doubt|why not|not only|can['’]?t help|no matter|not bad|no way"
    r"|no one (?:but)|if not|or not|isn['’]?t it|aren['’]?t you|don['’]?t you|didn['’]?t you"
    r"|doesn['’]?t it|wasn['’]?t it"
    r"|nothing but|no more than|not until|won['’]?t you|no longer|no joke|no cap|not gonna lie|"
    r"(?:\w+n['’]t|not)\b[^.!?]*\b(?:anything but|forget|miss|mind)|no problem|no worries|no idea"
    r"|never mind|nothing beats|couldn['’]?t (?:be more|agree more|care less)|no\.? ?\d",
    regex.IGNORECASE,
)
_NEGATIVE_ZH = regex.compile(r"[不没别无未非否莫甭勿免]|甭")
# Hanzi words whose 不/没/无/别/非 negates nothing.
_IDIOM_ZH = regex.compile(
    r"不过|不错|不仅|不但|不管|不论|无论|不如|不断|不久|差不多|特别|别人|个别|区别|分别|告别|级别|性别|非常|"
    r"不好意思|不得不|忍不住|对不起|怪不得|说不定|要不|无聊|无数|不少|不禁|了不起|舍不得|迫不及待|不用谢|不客气|"
    r"[是好会能有想要对行可吃喝看去来]不[是好会能有想要对行可吃喝看去来]|[有]没有|没错|没关系|没事|不一样|不同"
    r"|不然|不由|不时|无语|别墅|道别|离别|辨别|识别|除非|非洲|未来|否则|是否|避免|免费|难免|以免"
)


def judge(
    source: str, text: str, source_language: str, target: str, score: float
) -> tuple[Warning, ...]:
    """What is wrong with ``text`` as a translation of ``source``, worst first; () if nothing.

    Args:
        source, text: one sentence and its translation, placeholders still in place.
        source_language, target: "en" or "zh".
        score: the engine's mean log-probability per token.
    """
    found = []
    bare_source, bare = PLACEHOLDER.sub(" ", source), PLACEHOLDER.sub(" ", text)
    if not regex.search(r"[\p{L}\p{N}]", text):
        return (Warning.EMPTY,)
    if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(text)):
        found.append(Warning.PIECE)
    if _repeats(bare) and not _repeats(bare_source):
        found.append(Warning.REPEATED)
    if _same(bare_source, bare):
        found.append(Warning.ECHO)
    elif _wrong_script(bare_source, bare, target):
        found.append(Warning.WRONG_SCRIPT)
    found += _length(bare_source, bare, source_language)
    if not numbers_kept(bare_source, bare, source_language) or _run_together(source, text) or (
        source_language == "en" and _invented(source, text)
    ):
        found.append(Warning.NUMBER)
    if not negation_kept(bare_source, bare, source_language):
        found.append(Warning.NEGATION)
    if score < UNSURE:
        found.append(Warning.LOW)
    return tuple(found)


# Laughter, and words that people really say twice.
_EMPHASIS = regex.compile(
    r"[哈呵嘿呜啊嘻嗷]+|(非常|真的|特别|超级|加油|很|超|太|好){2,}|(?:ha|he|ja|lol){2,}",
    regex.IGNORECASE,
)


def _repeats(text: str) -> bool:
    """An n-gram thrice in a row (twice for long ones); laughter and single stretches aside."""
    compact = _EMPHASIS.sub("", text)
    words = compact.split()
    joined = regex.sub(r"[\s\p{P}]+", "", compact)
    if regex.search(r"(\p{Han}{1,2})\1{2,}", joined) or regex.search(r"(\p{Han}{3,12})\1", joined):
        return True
    if regex.search(r"(\p{L})\1{4,}", joined):
        return True
    for n in range(1, 7):
        times = 3 if n == 1 else 2
        for start in range(len(words) - n * times + 1):
            first = [w.lower() for w in words[start: start + n]]
            if all(
                [w.lower() for w in words[start + k * n: start + (k + 1) * n]] == first
                for k in range(1, times)
            ) and (n > 1 or first[0] not in {"very", "no", "so", "really", "bye", "ha", "go"}):
                return True
    return False


def _same(source: str, text: str) -> bool:
    def letters(value: str) -> str:
        return regex.sub(r"[^\p{L}]", "", value).casefold()

    return len(letters(source)) > 3 and letters(source) == letters(text)


def _wrong_script(source: str, text: str, target: str) -> bool:
    if target == "en":
        return HANZI.search(text) is not None
    han = len(HANZI.findall(text))
    known = {word.casefold() for word in regex.findall(r"\p{Latin}+", source)}
    foreign = [w for w in regex.findall(r"\p{Latin}{3,}", text) if w.casefold() not in known]
    latin = regex.findall(r"\p{Latin}+", text)
    if not han:
        return len(latin) > 1 or bool(foreign)
    return len(foreign) > 1 or len(latin) > max(3, han)


def _length(source: str, text: str, source_language: str) -> list[Warning]:
    english, chinese = (source, text) if source_language == "en" else (text, source)
    words = len(regex.findall(r"[\p{Latin}\p{N}]+(?:['’-]\p{Latin}+)*", english))
    hanzi = len(HANZI.findall(chinese)) + len(regex.findall(r"[A-Za-z0-9]+", chinese))
    # measured on our corpus: half of the pairs lie between 1.2 and 1.7 hanzi a word
    if source_language == "en":
        if words >= 4 and hanzi < 0.5 * words:
            return [Warning.TOO_SHORT]
        if hanzi > 4 * words + 6:
            return [Warning.TOO_LONG]
        return []
    if hanzi >= 6 and words < 0.22 * hanzi:
        return [Warning.TOO_SHORT]
    if words > 1.8 * hanzi + 6:
        return [Warning.TOO_LONG]
    return []


def _scale(text: str, at: int) -> int:
    """What the unit at ``at`` multiplies a number by: 10,000 for 万, 1 for none or for "kg"."""
    match = _SCALE.match(text, at)
    return math.prod(_SCALES[unit.lower()] for unit in match.captures("unit")) if match else 1


def _in_digits(text: str) -> Counter[Decimal]:
    """The numbers that ``text`` names in digits: "1.2万" and "12,000" are the same; a clock time
    is its hour and its minutes."""
    found: Counter[Decimal] = Counter()
    for match in _DIGITS.finditer(text):
        single = match.group().replace(",", "")
        if ":" in single or single.count(".") > 1:
            parts = [Decimal(part[:numbers.MOST_DIGITS]) for part in regex.split(r"[:.]", single)]
            found.update(parts[:1] + [part for part in parts[1:] if part])  # "9:00" is 9
        else:
            found[Decimal(single[:numbers.MOST_DIGITS]) * _scale(text, match.end())] += 1
    return found


def _in_words(text: str, language: str) -> Counter[Decimal]:
    """The numbers that ``text`` names in words; Chinese halves and quarters of an hour too."""
    found: Counter[Decimal] = Counter()
    if language == "en":
        for match in _NUMBER_WORD.finditer(text):
            value = 1 if match.group().lower() in _ONE else numbers.number(match.group())
            if value is not None:
                found[Decimal(value * _scale(text, match.end()))] += 1
        return found
    bare = numbers.without_digits(text)
    for match in _NUMERAL.finditer(bare):
        value = numbers.hanzi_number(match.group())
        if value is not None:
            found[Decimal(value * (12 if _DOZEN.match(bare, match.end()) else 1))] += 1
    if regex.search(r"半打", bare):
        found[Decimal(6)] += 1
    for match in _MINUTES.finditer(text):
        found[Decimal({"半": 30, "一": 15, "三": 45}[match.group()[0]])] += 1
    return found


def numbers_kept(source: str, text: str, source_language: str) -> bool:
    """Whether every number in digits is in the translation, as digits or in words.

    Small numbers written as words are not compared: idiom changes them too often.
    """
    target = "zh" if source_language == "en" else "en"
    wanted, have = _in_digits(source), _in_digits(text)
    if _BELOW_ZERO.search(source) and not _MINUS.search(text):
        return False
    missing = wanted - have - _in_words(text, target)
    if regex.search(r"半|\bhalf\b", text):
        missing = Counter({n: c for n, c in missing.items() if not f"{n:f}".endswith(".5")})
    # digits that the source never named are as wrong as digits lost
    said = _in_words(source, source_language)
    extra = have - wanted - said if wanted or not any(n > 1 for n in said) else Counter()
    return not missing and not any(n > 12 for n in extra)


def _run_together(source: str, text: str) -> bool:
    """Whether placeholders that something parts in ``source`` ("⟦1⟧ to ⟦2⟧") make one number, or
    digits that nobody wrote stand beside one."""
    if _GLUED.search(text) and not _GLUED.search(source):
        return True
    touching = set(_TOUCHING.findall(text, overlapped=True))
    return any(
        (match[1], match[2]) in touching for match in _PARTED.finditer(source, overlapped=True)
    )


def _invented(english: str, chinese: str) -> bool:
    """Whether ``chinese`` names an age, an hour or a part of the day that ``english`` does not."""
    in_words = _in_words(english, "en")
    ages = (age["age"] for age in _AGE_ZH.finditer(chinese))
    if not _AGE_EN.search(english) and any(
        age is None or Decimal(age[:3]) not in in_words for age in ages
    ):
        return True
    said = {*_in_digits(english), *in_words}
    if _NOON_EN.search(english):
        said.add(Decimal(12))
    hours = (Decimal(hour[:3]) for hour in _HOUR_ZH.findall(chinese))
    if not _POINTS_EN.search(english) and any(
        hour > 24 or not {hour, hour - 12, hour + 12} & said for hour in hours
    ):
        return True
    if _MINUTES.search(chinese) and not _PAST_EN.search(english):
        return True
    return _PART_OF_DAY_ZH.search(chinese) is not None and not _PART_OF_DAY_EN.search(english)


def negation_kept(source: str, text: str, source_language: str) -> bool:
    """Whether both sides deny, or neither does; idioms of either language are passed over."""
    english, chinese = (source, text) if source_language == "en" else (text, source)
    if _IDIOM_EN.search(english):
        return True
    denies_en = _NEGATIVE_EN.search(english) is not None
    bare = _IDIOM_ZH.sub("", chinese)
    denies_zh = _NEGATIVE_ZH.search(bare) is not None
    if denies_en and not denies_zh:
        return _NEGATIVE_ZH.search(chinese) is not None
    if source_language == "zh" and denies_zh and not denies_en:
        return regex.search(
            r"\b(?:un\w+|in\w+able|hardly|barely|rarely|fail|stop|avoid|too|hate|refuse|lack|lose|"
            r"lost|miss|less|few|out of|or|free|wrong|bad|only|just|yet|still|dis\w+)\b", english,
            regex.IGNORECASE,
        ) is not None or len(chinese) > 18
    return True


# What an English negative may become when it is not lost, and what never is one.
_ANY_NEGATIVE_ZH = regex.compile(
    r"[不没别无未非否莫甭勿免难白缺]|懒得|忍住|停|拒|除了|才|空(?!中|气)|差|怪|完了|算了|废|反面|纠结|哪[里儿有能会]|"
    r"谁[会能也都]|什么也|以外|失|虚惊|异|超出|少|最|更|比|只|仅|一(?:[\p{Han}]){1,6}就|从来"
)
_NEVER_NEGATIVE_ZH = regex.compile(
    r"不过|差不多|特别|别人|个别|级别|性别|非常|告别|道别|不好意思|别墅|非洲|未来|否则|无数|"
    r"最近|最后|最喜欢|比如|比赛|更新|少年|多少|完了[^。！？]|空调|空间|时间|刚才|人才|停车|奇怪|"
    r"至少|天空|航空|太空|难免|不久|青少年|少女|比萨|[是好会能有想要对行可吃喝看去来]不[是好会能有想要对行可吃喝看去来]"
)
# More Chinese words whose 不 or 没 has no English "not" beside it.
_FIGURE_ZH = regex.compile(
    r"(?<=[哦噢啊哎天])，?不(?=[，！。]|$)|不小心|不知|没过?多?久|不轻|没想到|受不了|合不拢|不多不少|果不其然|去不了|不得了|不止|不停|不见|"
    r"没意[见思]|不住|不上|无忧无虑|无限|不起|不了|不太|不到|不出|别出|别见怪|不定|不只|没用|不值|没[电钱空收人]"
    r"|不安|不满|不便|不足|不良|不敢|不幸|不愧|不已|不清|不耐烦|不适|不明|不稳|不全|不懂|不说|不动|不可"
    r"|从未|无意|无敌|无奈|无比|无尽|无辜|无关|无需|无法|非得|莫名|毫不|毫无|没完没了|说没就没|没准|没辙|没劲"
)

# English that denies by halves: Chinese may put it with 不 or 没 although English has no "not".
_HALF_EN = regex.compile(
    r"\b(?:un\w{3,}|in\w+(?:able|ible|ent)|im(?:possible|patient|polite|perfect)|dis\w{3,}|mis\w{3,}|ir\w+able|\w{3,}less(?:ly)?|hardly|"
    r"barely|rarely|seldom|scarcely|fail(?:s|ed|ing)?|stop(?:s|ped|ping)?|quit|avoid\w*|prevent\w*|"
    r"hate[sd]?|refus\w+|den(?:y|ies|ied)|lack\w*|los[et]\w*|lost|miss(?:es|ed|ing)?|less|fewer|few|"
    r"little|out of|ran out|"
    r"free|wrong|bad(?:ly)?|worse|sorry|excuse me|only|just|yet|still|unless|until|till|before|"
    r"instead|rather|or|else|otherwise|too|forg[eo]t\w*|ignor\w+|gone|dead|die[sd]?|broke\w*|"
    r"empty|alone|absent|beyond|different|differ\w*|weird|strange|bored|sick|ill|far from|last|"
    r"even|any\w*|ever|whether|if|would you|can you|could you|how about|matter|mind|let go|"
    r"keep|kept|constantly|nonstop|shy|embarrass\w*|careful|secret|rid of|sold out|expired?|"
    r"off|down|away|over|skip\w*|leave|left|save|spare|but|though|although|except|as if|"
    r"hard|difficult|"
    r"tough|struggl\w*|enough|worth|afford|reach|resist|against|unable|ain['’]?t|nah|nope)\b",
    regex.IGNORECASE,
)


def denies_english(text: str) -> bool:
    """Whether an English sentence has a negative word ("not", "never", "without")."""
    return _NEGATIVE_EN.search(text) is not None


def denies_chinese(text: str, how: Literal["plainly", "usually", "loosely"] = "usually") -> bool:
    """Whether a Chinese sentence denies; 不过, 差不多, 好不好 and their like never count.

    Args:
        how: "plainly" leaves out set words that have no "not" beside them in English (不小心,
            受不了); "loosely" counts whatever an English "not" may have become (没事, 懒得, 停).
    """
    if how == "loosely":
        return _ANY_NEGATIVE_ZH.search(_NEVER_NEGATIVE_ZH.sub("", text)) is not None
    rest = _IDIOM_ZH.sub("", text)
    return _NEGATIVE_ZH.search(_FIGURE_ZH.sub("", rest) if how == "plainly" else rest) is not None


def idiom(text: str) -> bool:
    """Whether an English negative stands in an idiom that Chinese puts without one."""
    return _IDIOM_EN.search(text) is not None


def half_denies(text: str) -> bool:
    """Whether an English sentence denies by halves ("hardly", "un-", "stop", "too … to")."""
    return _HALF_EN.search(text) is not None
