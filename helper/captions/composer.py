"""Composes posts: translation, back-translation, checks, tags, limits and rule notes."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from helper.captions import hints, layouts, limits, tags
from helper.captions.layouts import Line
from helper.captions.post import ComposedSentence, Draft, Post
from helper.captions.rules import RuleChecker
from helper.captions.starters import Starters
from helper.captions.strays import Checker
from helper.captions.tags import Tags
from helper.captions.vocabulary import known_words
from helper.errors import N_, HelperError, InvalidInput
from helper.lookup.glosses import Glosser
from helper.mandarin import script
from helper.translation import Origin, Sentence, Translation, Translator, protect, sentences
from phrasebook import Phrasebook

#: Reason of a sentence's confidence when a person wrote its Chinese.
BY_HAND = N_("written or chosen by you")


@dataclass(frozen=True)
class Step:
    """One finished sentence of a stream: the ``number``th of ``total``."""

    number: int
    total: int
    sentence: ComposedSentence


class Composer:
    """Turns drafts into posts."""

    def __init__(self, book: Phrasebook, translator: Translator, glosser: Glosser) -> None:
        self._book = book
        self._translator = translator
        self._glosser = glosser

    @functools.cached_property
    def tags(self) -> Tags:
        """The hashtag list."""
        return Tags(self._book.hashtags)

    @functools.cached_property
    def rules(self) -> RuleChecker:
        """The community rules."""
        return RuleChecker(self._book.rules)

    @functools.cached_property
    def starters(self) -> Starters:
        """The ready-made posts."""
        return Starters(self._book.starters, self._translator)

    @functools.cached_property
    def _checker(self) -> Checker:
        return Checker(self._book.names, known_words(self._book))

    # — whole drafts —

    def compose(self, draft: Draft) -> Post:
        """The post for ``draft``, every sentence in one batch each way.

        Raises:
            InvalidInput: neither title nor body, TooLong: one is longer than the translator takes.
            EngineUnavailable: no usable package for a direction.
        """
        draft = _clean(draft)
        parts = self._parts(draft)
        found = [
            (part, sentence)
            for (part, _), translation in zip(
                parts, self._translate([text for _, text in parts], "zh", "en", 3), strict=True
            )
            for sentence in translation.sentences
        ]
        backs = self._back([sentence.text for _, sentence in found])
        return self.finish(draft, [
            self._explain(part, sentence, back)
            for (part, sentence), back in zip(found, backs, strict=True)
        ])

    def compose_text(self, text: str) -> Post:
        """The post for a body alone, Chinese only."""
        return self.compose(Draft(text))

    def stream(self, draft: Draft) -> Iterator[Step]:
        """The sentences of ``draft`` one by one; ``finish`` makes the post of them.

        Closing the iterator stops the work. Raises as ``compose`` does, before the first item.
        """
        parts = self._parts(_clean(draft))
        # how many are to come in later parts is only known when they are reached
        counts = [len(sentences.split(text)) for _, text in parts]
        before = 0
        for at, (part, text) in enumerate(parts):
            stream = self._translator.stream(text, "zh", "en")
            for number, count, sentence in stream:
                counts[at] = count
                (back,) = self._back([sentence.text])
                yield Step(before + number, sum(counts), self._explain(part, sentence, back))
            before += counts[at]

    def finish(self, draft: Draft, found: Sequence[ComposedSentence]) -> Post:
        """The post of finished sentences; translates nothing."""
        draft = _clean(draft)
        title = self._join([s for s in found if s.part == "title"])
        body = [s for s in found if s.part == "body"]
        translation = self._join(body)
        _, typed = tags.taken_off(draft.text)
        own = tuple(self.tags.own(tag) for tag in typed)
        chosen = tuple(dict.fromkeys([*(tag.text for tag in own), *draft.tags]))
        chinese = self._inline_tags(translation.text.strip() if translation else "")
        lines = [replace(s.line, chinese=self._inline_tags(s.line.chinese)) for s in body]
        text = layouts.arrange(draft.layout, lines, chinese)
        whole = "\n\n".join(part for part in (text, tags.line(chosen)) if part)
        english = f"{draft.title}\n{draft.text}"
        taken = (*chosen, *tags.inside(chinese))
        title_text = title.text.strip() if title else ""
        return Post(
            draft, tuple(found), title_text, chinese, whole, chosen, own,
            self.tags.suggest(english, f"{title_text}\n{chinese}", taken),
            (limits.title(title_text), limits.body(whole)),
            self.rules.check({"title": title_text, "body": whole, "draft": english.strip()}),
            translation,
        )

    # — sentences of a post —

    def again(self, line: Line) -> ComposedSentence:
        """One sentence whose English was changed, translated anew (its Chinese is ignored).

        Several sentences in ``line.source`` become one; raises as ``compose`` does.
        """
        return self.revised([line], (), (0,))[0]

    def rewritten(self, line: Line) -> ComposedSentence:
        """One sentence whose Chinese a person wrote or chose, explained and checked.

        The translator's own wordings become its alternatives; raises as ``compose`` does.
        """
        return self.revised([line], (0,), (0,))[0]

    def revised(
        self, lines: Sequence[Line], by_hand: Collection[int], wanted: Collection[int]
    ) -> list[ComposedSentence]:
        """The sentences of a post after changes, the wanted ones in one batch each way.

        Args:
            by_hand: numbers of the lines that are as in ``rewritten``; the others as in ``again``.
            wanted: numbers of the lines to explain; the others are text alone.

        Raises:
            TooLong: title or body is longer than the translator takes; else as ``compose`` does.
        """
        self._check(lines)
        result = [
            ComposedSentence(line.part, plain_sentence(line), edited=at in by_hand)
            for at, line in enumerate(lines)
        ]
        wanted = [
            at for at in wanted
            if (_says_something if at in by_hand else str.strip)(lines[at].source)
        ]
        own = self._translate([lines[at].source for at in wanted], "zh", "en", 3)
        sentences = [
            (_chosen if at in by_hand else _anew)(lines[at], translation)
            for at, translation in zip(wanted, own, strict=True)
        ]
        backs = self._back([sentence.text for sentence in sentences])
        for at, sentence, back in zip(wanted, sentences, backs, strict=True):
            explained = self._explain(lines[at].part, sentence, back)
            result[at] = replace(explained, edited=at in by_hand)
        return result

    def _check(self, lines: Sequence[Line]) -> None:
        """Refuse a post that is too long before any work is done."""
        for part in ("title", "body"):
            own = [line for line in lines if line.part == part]
            english = "".join(line.before + line.source + line.after for line in own)
            chinese = "".join(line.chinese for line in own)
            for text, target, source in ((english, "zh", "en"), (chinese, "en", "zh")):
                if text.strip():
                    self._translator.check(text, target, source)

    def _explain(self, part: str, sentence: Sentence, back: str) -> ComposedSentence:
        if not sentence.source or sentence.origin is Origin.UNCHANGED:
            return ComposedSentence(part, sentence)
        masked = protect.mask(sentence.source).text
        near = tuple(
            match for match in self._translator.memory.near(masked, "en")
            if match.text != sentence.text and match.text not in sentence.alternatives
        ) if sentence.origin is not Origin.MEMORY else ()
        return ComposedSentence(
            part, sentence, self._glosser.words(sentence.text), back,
            self._checker.check(sentence, back), near,
            hints.hints(sentence.source, sentence.text),
            self._translator.reader.read(masked)[1],
        )

    # — pieces of the way —

    def _parts(self, draft: Draft) -> list[tuple[str, str]]:
        """(name, text to translate) of what the draft has."""
        body, _ = tags.taken_off(draft.text)
        parts = [(name, text) for name, text in (("title", draft.title), ("body", body))
                 if text.strip()]
        if not parts and not draft.text.strip():
            raise InvalidInput(N_("There is no text to translate; write or paste some first."))
        for _, text in parts:
            self._translator.check(text, "zh", "en")
        return parts

    def _back(self, chinese: Sequence[str]) -> list[str]:
        """The English of every Chinese sentence, all in one batch; "" where it says nothing."""
        wanted = [at for at, text in enumerate(chinese) if _says_something(text)]
        result = [""] * len(chinese)
        found = self._translate([chinese[at] for at in wanted], "en", "zh", 0)
        for at, translation in zip(wanted, found, strict=True):
            result[at] = " ".join(translation.text.split())
        return result

    def _translate(
        self, texts: list[str], target: str, source: str, alternatives: int
    ) -> list[Translation]:
        """Independent texts in one batch; the first that cannot be translated raises."""
        results = []
        for found in self._translator.translate_many(texts, target, source, alternatives):
            if isinstance(found, HelperError):
                raise found
            results.append(found)
        return results

    def _join(self, found: Sequence[ComposedSentence]) -> Translation | None:
        """One translation of finished sentences; None when there are none."""
        source = "".join(
            s.sentence.before + s.sentence.source + s.sentence.after for s in found
        )
        if not source.strip():
            return None
        return self._translator.assemble(source, [s.sentence for s in found], "zh", "en")

    def _inline_tags(self, chinese: str) -> str:
        """Tags inside the text in Chinese where a real Chinese tag exists."""
        result = ""
        for part in protect.parts(chinese):
            if part.piece is not None and part.piece.kind == "hashtag":
                result += self.tags.own(part.text).text
            else:
                glued = result and protect.needs_space(result, part.text[:1])
                result += (" " if glued else "") + part.text
        return result


def plain_sentence(line: Line) -> Sentence:
    """A sentence of a post as text alone: enough for ``finish``, which explains nothing."""
    origin = Origin.ENGINE if _says_something(line.chinese) else Origin.UNCHANGED
    return Sentence(line.source, line.chinese, origin, 1.0, before=line.before, after=line.after)


def _anew(line: Line, translation: Translation) -> Sentence:
    whole = translation.text
    worst = min((s for s in translation.sentences if s.source), key=lambda s: s.confidence)
    return replace(
        worst, source=line.source, text=whole, before=line.before, after=line.after,
        alternatives=worst.alternatives if worst.text == whole else translation.alternatives,
    )


def _chosen(line: Line, own: Translation) -> Sentence:
    chinese = " ".join(script.clean(line.chinese).split())
    others = [text for text in (own.text, *own.alternatives) if text != chinese]
    return replace(
        plain_sentence(line), text=chinese, basis=(BY_HAND,),
        alternatives=tuple(dict.fromkeys(others)),
    )


def _says_something(chinese: str) -> bool:
    return any(
        part.piece is None and any(c.isalpha() for c in part.text)
        for part in protect.parts(chinese)
    )


def _clean(draft: Draft) -> Draft:
    """``draft`` without control characters, the title on one line, tags as ``#…``."""
    return replace(
        draft, text=script.clean(draft.text), title=" ".join(script.clean(draft.title).split()),
        tags=tuple(f"#{tag.strip().strip('#')}" for tag in draft.tags if tag.strip().strip("#")),
    )
