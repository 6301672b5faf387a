"""The translation memory: what people have translated, exact or with slots filled in.

Fed from phrasebook/ (sentence pairs, templates, phrases, slang examples, conversations). A match
is exact after normalising case, punctuation and spaces; nothing near is ever used silently.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import regex
from rapidfuzz import fuzz, process

from helper.mandarin.script import has_hanzi, to_simplified
from helper.translation import numbers
from helper.translation.fixed import regions
from phrasebook import Phrasebook
from phrasebook.types import Name

_SLOT = regex.compile(r"\{([a-z-]+?)(\d*)\}")
_DROP = regex.compile(r"[^\p{L}\p{N}\s%]+")
_ARTICLE = regex.compile(r"^(?:a|an|the|my|some|our)\s+", regex.IGNORECASE)
#: Fixed words of a template that leave no doubt that a name follows, be it an everyday word.
_NAMING = regex.compile(r"\b(?:name|names|named|called)\b", regex.IGNORECASE)
#: Everyday words that are first names too when written with a capital.
_GIVEN = frozenset("angel drew faith grace hope joy miles will".split())
#: RapidFuzz score (0-100, token-sort ratio) from which a near match is worth offering.
NEAR = 82


@dataclass(frozen=True)
class Match:
    """A translation that people made: ``text`` and ``alternatives``; ``score`` is 100 if exact.

    ``source`` is the curated sentence or template that matched.
    """

    text: str
    alternatives: tuple[str, ...]
    source: str
    score: float = 100.0


def normalise(text: str, language: str) -> str:
    """The form in which the memory compares texts: no case, punctuation or extra spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = regex.sub(r"['’‘`´]", "", text)
    text = _DROP.sub(" ", text)
    if language == "zh":
        return regex.sub(r"\s+", "", to_simplified(text))
    return " ".join(text.split())


class NameTable:
    """Fixed terms by kind, both ways, found after normalising; plural English is understood."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._zh: dict[tuple[str, str], str] = {}
        self._en: dict[tuple[str, str], str] = {}
        names = tuple(names)
        self._regions = {form.casefold(): zh for form, zh in regions(names).items()}
        for name in names:
            for form in (name.en, *name.also):
                self._zh.setdefault((name.kind, normalise(form, "en")), name.zh)
            for form in (name.zh, *name.zh_also):
                self._en.setdefault((name.kind, normalise(form, "zh")), name.en)

    def chinese(self, kind: str, english: str) -> str | None:
        """The Chinese of an English name of ``kind``; None if the table has none."""
        if kind == "name":
            return english if _is_name(english) else None
        if kind == "number":
            value = numbers.number(english)
            return None if value is None else str(value)
        if kind == "time":
            return numbers.moment(english)
        if kind == "brand" and not english[:1].isupper():
            return None  # "the subway" is no sandwich
        key = normalise(_ARTICLE.sub("", english.strip()), "en")
        for form in _singulars(key):
            found = self._zh.get((kind, form))
            if found:
                return found
        if kind == "place" and english.count(",") == 1:
            # "Dallas, Texas": Chinese names the larger place first, "New York, NY" once
            town, state = (part.strip() for part in english.split(","))
            inside = self._regions.get(state.casefold()) or self.chinese(kind, state)
            found = self.chinese(kind, town)
            return found if found and inside and found in inside else \
                f"{inside}{found}" if found and inside else None
        return None

    def english(self, kind: str, chinese: str) -> str | None:
        """The English of a Chinese name of ``kind``; None if the table has none."""
        if kind == "name":
            return chinese if regex.fullmatch(r"[A-Za-z][A-Za-z .'-]*", chinese) else None
        if kind == "number":
            return chinese if chinese.isdigit() else None
        if kind == "time":
            return None
        return self._en.get((kind, normalise(chinese, "zh")))


def _is_name(text: str) -> bool:
    """One to three capitalised words; a word in capitals is shouting, not a name."""
    words = text.split(" ")
    return 1 <= len(words) <= 3 and all(
        regex.fullmatch(r"\p{Lu}[\p{L}'’.-]*", word) and (len(word) < 3 or not word.isupper())
        for word in words
    )


def _lower_case(book: Phrasebook) -> frozenset[str]:
    """The words that the content writes in lower case."""
    texts = [
        *(en for pair in book.pairs for en in pair.en),
        *(phrase.english for phrase in book.phrases),
        *(turn.english for situation in book.situations for turn in situation.turns),
        *(_SLOT.sub("", en) for template in book.templates for en in template.en),
        *(name.en for name in book.names),
    ]
    return frozenset(
        word for text in texts
        for word in regex.findall(r"(?<![\p{L}'’-])\p{Ll}[\p{Ll}'’]*(?!\p{L})", text)
    )


def _peoples(book: Phrasebook) -> frozenset[str]:
    """Languages, and what people from a place may be called ("Texan", "New Yorker")."""
    places = {name.en.casefold().split()[-1] for name in book.names if name.kind == "place"}
    peoples = {
        stem + end for place in places for stem in (place, place[:-1])
        for end in ("n", "an", "ian", "er", "ese", "ish")
    }
    languages = {name.en.casefold() for name in book.names if name.kind == "language"}
    return frozenset(languages | peoples - places)


def _agree(text: str) -> str:
    """English with "a" and "an" as the next word's first letter wants them."""
    return regex.sub(
        r"\b(a)n?\b(?= (?:(hour|honest|heir|[aeiou])|[a-z])(?<!\b(?:u|e)(?=ni|se|u|ro)))",
        lambda m: m[1] + ("n" if m[2] else ""), text, flags=regex.IGNORECASE,
    )


def _singulars(word: str) -> Iterable[str]:
    yield word
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s"):
        yield word[:-1]


@dataclass(frozen=True)
class _Template:
    expression: regex.Pattern[str]
    slots: tuple[tuple[str, str], ...]  # (kind, group name)
    target: str
    alternatives: tuple[str, ...]
    source: str

    @property
    def literal(self) -> str:
        """Its fixed words."""
        return _SLOT.sub("", self.source)


class Memory:
    """Curated translations in both directions."""

    def __init__(self, book: Phrasebook) -> None:
        self.names = NameTable(book.names)
        self._exact: dict[str, dict[str, Match]] = {"en": {}, "zh": {}}
        # labels, and what is said by itself only: no part of a longer text
        self._whole: dict[str, dict[str, Match]] = {"en": {}, "zh": {}}
        for pair in book.pairs:
            for en in pair.en:
                self._add("en", en, pair.zh, pair.alt, pair.alone)
            if pair.back:
                for zh in (pair.zh, *pair.alt):
                    self._add("zh", zh, pair.en[0], pair.en[1:], pair.alone)
        for phrase in book.phrases:
            # not phrase.also: those are words to find it by, not translations
            self._add("en", phrase.english, phrase.hanzi, ())
            self._add("zh", phrase.hanzi, phrase.english, ())
            self._add("zh", phrase.answer, phrase.answer_english, ())
        for situation in book.situations:
            for turn in situation.turns:
                self._add("en", turn.english, turn.hanzi, ())
                self._add("zh", turn.hanzi, turn.english, ())
        for slang in book.slang:
            self._add("zh", slang.example, slang.example_english, ())
        for slang in book.slang:
            if slang.kind != "emoji":
                self._add("zh", slang.hanzi, slang.english, ())
        for term in book.terms:
            if has_hanzi(term.hanzi):
                self._add("zh", term.hanzi, term.english, (), True)
                self._add("en", term.english, term.hanzi, (), True)
        for name in book.names:
            self._add("en", name.en, name.zh, ())
            self._add("zh", name.zh, name.en, ())
        self._templates: dict[str, list[_Template]] = {"en": [], "zh": []}
        for template in book.templates:
            for en in template.en:
                self._templates["en"].append(_compile(en, template.zh, template.alt, "en"))
            if template.back:
                for zh in (template.zh, *template.alt):
                    self._templates["zh"].append(_compile(zh, template.en[0], (), "zh"))
        for templates in self._templates.values():
            # the one that says most itself first: "I'm from {place}" before "I'm {name}"
            templates.sort(key=lambda template: len(template.literal), reverse=True)
        self._lower_case = _lower_case(book)
        self._no_names = (self._lower_case | _peoples(book)) - _GIVEN

    def _add(
        self, language: str, source: str, target: str, alternatives: Iterable[str],
        whole: bool = False,
    ) -> None:
        key = normalise(source, language)
        if key:
            (self._whole if whole else self._exact)[language].setdefault(
                key, Match(target, tuple(alternatives)[:3], source)
            )

    def find(self, sentence: str, language: str, *, alone: bool = True) -> Match | None:
        """The curated translation of ``sentence`` (in ``language``), exact or by template.

        Args:
            alone: whether the sentence is a whole text: "Back" by itself is the button's label,
                "Back, finally!" is not.
        """
        key = normalise(sentence, language)
        exact = self._exact[language].get(key) or (
            self._whole[language].get(key) if alone else None
        )
        if exact and _asks_alike(exact.source, sentence):
            return exact
        text = sentence.strip()
        if len(text) > 200:
            return None
        for template in self._templates[language]:
            match = template.expression.fullmatch(text)
            if match:
                filled = self._fill(template, match, language)
                if filled:
                    return filled
        return None

    def find_clauses(self, sentence: str, language: str) -> Match | None:
        """The translation of a sentence whose every clause people have translated: "哈哈，码住"."""
        parts = [part.strip() for part in regex.split(r"[,，、]", sentence)]
        if not 2 <= len(parts) <= 4 or not all(parts):
            return None
        found = [self.find(part, language, alone=False) for part in parts]
        texts = [
            regex.sub(r"[.!?。！？…~～]+$", "", match.text) for match in found if match is not None
        ]
        if len(texts) < len(parts):
            return None
        if language == "en":
            return Match("，".join(texts), (), sentence)
        return Match(", ".join((texts[0], *map(self._inside, texts[1:]))), (), sentence)

    def _inside(self, text: str) -> str:
        """An English clause as it goes on inside a sentence: "It's okay" → "it's okay"."""
        first = regex.split(r"[^\p{L}'’]", text, maxsplit=1)[0]
        return text[0].lower() + text[1:] if first.casefold() in self._lower_case else text

    def _fill(
        self, template: _Template, match: regex.Match[str], language: str
    ) -> Match | None:
        resolve = self.names.chinese if language == "en" else self.names.english
        values = {}
        for kind, group in template.slots:
            written = match[group].strip()
            value = resolve(kind, written)
            if value is None:
                return None
            if kind == "name" and language == "en" and not _NAMING.search(template.literal) and \
                    not self._no_names.isdisjoint(written.casefold().split()):
                return None  # "I'm Still Here": a title, no name
            values[group] = value

        def fill(text: str) -> str:
            filled = _SLOT.sub(lambda slot: values[_group(slot)], text)
            return _agree(filled) if language == "zh" else filled

        return Match(
            fill(template.target), tuple(map(fill, template.alternatives)), template.source
        )

    def near(self, sentence: str, language: str, limit: int = 3) -> list[Match]:
        """Curated sentences like this one, to offer as "people say it like this", best first."""
        found = process.extract(
            normalise(sentence, language), self._exact[language].keys(),
            scorer=fuzz.token_sort_ratio if language == "en" else fuzz.ratio,
            limit=limit, score_cutoff=NEAR,
        )
        result = []
        for key, score, _ in found:
            match = self._exact[language][key]
            result.append(Match(match.text, match.alternatives, match.source, float(score)))
        return result


def _asks_alike(curated: str, sentence: str) -> bool:
    """Whether a question of one word is asked here too: "Seriously?" is not "seriously"."""
    return " " in curated or not curated.endswith("?") or "?" in sentence or "？" in sentence


def _group(slot: regex.Match[str]) -> str:
    return f"{slot[1].replace('-', '_')}{slot[2]}"


def _compile(source: str, target: str, alternatives: Iterable[str], language: str) -> _Template:
    slots: list[tuple[str, str]] = []
    expression = ""
    last = 0
    for slot in _SLOT.finditer(source):
        expression += _literal(source[last: slot.start()], language)
        slots.append((slot[1], _group(slot)))
        expression += f"(?P<{_group(slot)}>.+?)"
        last = slot.end()
    expression += _literal(source[last:], language) + r"[\s.!?。！？…~～]*"
    return _Template(
        regex.compile(expression, regex.IGNORECASE), tuple(slots), target, tuple(alternatives),
        source,
    )


def _literal(text: str, language: str) -> str:
    """A template's fixed words as an expression that ignores punctuation and spacing."""
    text = unicodedata.normalize("NFKC", text)
    gap = r"[\s,，.。!！;；:：…~～]*" if language == "zh" else r"[\s,.!;:…~-]+"
    result = ""
    for token in regex.findall(r"[\p{L}\p{N}%]+|['’]|[^\p{L}\p{N}%'’]+", text):
        if token in {"'", "’"}:
            result += "['’]?"
        elif regex.match(r"[\p{L}\p{N}%]", token):
            result += regex.escape(token)
        elif not regex.search(r"[\p{L}\p{N}]", token):
            result += gap
    # sentence-final punctuation of the template itself is optional
    if result.endswith(gap) and not text.endswith(" ") and language == "en":
        result = result[: -len(gap)] + gap[:-1] + "*"
    return result


