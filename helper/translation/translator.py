"""The pipeline: from a text to its translation, sentence by sentence."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import regex

from helper.errors import N_, HelperError, InvalidInput, TooLong, UnknownLanguage
from helper.mandarin import script
from helper.mandarin.words import Segmenter
from helper.translation import checks, polish, protect, sentences
from helper.translation.clauses import run
from helper.translation.drafts import (
    Form,
    Judged,
    Plan,
    basis,
    breaks,
    confidence,
    finished,
    weight,
)
from helper.translation.engine import Engine, Hypothesis
from helper.translation.fixed import FixedTerms, swap_back
from helper.translation.joining import tidy, whole_text
from helper.translation.memory import Match, Memory
from helper.translation.netspeak import Reader
from helper.translation.result import Origin, Sentence, Translation, Warning
from phrasebook import Phrasebook

LANGUAGES = ("en", "zh")
_MAX_ALTERNATIVES = 3


#: Warnings for which the engine is asked again with names and numbers behind placeholders.
_RETRIED = frozenset({Warning.PIECE, Warning.NAME, Warning.NUMBER})


# A sentence that is said by somebody, all of it.
_QUOTED = regex.compile(r"[\"“”]([^\"“”]+)[\"“”]")


def _in_quotes(match: Match, said: str, source: str) -> Match:
    """The translation of what is said, in the quotation marks of its language."""
    target, marks = ("zh", "“{}”") if source == "en" else ("en", '"{}"')

    def quote(text: str) -> str:
        return marks.format(polish.with_end_of(text, said, target))

    return replace(
        match, text=quote(match.text), alternatives=tuple(map(quote, match.alternatives))
    )


class Translator:
    """Translates texts with the phrasebook's memory first and an engine for the rest.

    Args:
        book: the content that feeds memory, net English, slang and fixed terms.
        engine: makes hypotheses for what people have not translated.
        max_chars: longest text accepted, in characters.
    """

    def __init__(self, book: Phrasebook, engine: Engine, max_chars: int = 5000) -> None:
        self.memory = Memory(book)
        self.reader = Reader(book.netspeak)
        self._fixed = FixedTerms(book)
        self._segmenter = Segmenter()
        self._engine = engine
        self.max_chars = max_chars

    def translate(
        self, text: str, target: str = "auto", source: str = "auto",
        alternatives: int = _MAX_ALTERNATIVES,
    ) -> Translation:
        """Translate ``text``; "auto" finds the source by script and takes the other language.

        Raises:
            InvalidInput: there is no text, TooLong: more than ``max_chars`` characters.
            UnknownLanguage: a code other than "en", "zh" and "auto".
            EngineUnavailable: no usable package for the direction.
        """
        text, source, target = self.check(text, target, source)
        return self._assemble(text, source, target, list(
            self._sentences(self._plans(text, source, target), source, target, alternatives)
        ))

    def translate_many(
        self, texts: list[str], target: str = "auto", source: str = "auto",
        alternatives: int = _MAX_ALTERNATIVES,
    ) -> list[Translation | HelperError]:
        """Translate independent texts in one engine batch per direction.

        A text that ``translate`` would refuse gives its error in its place.
        """
        results: list[Translation | HelperError] = []
        groups: dict[tuple[str, str], list[tuple[int, str, list[Plan]]]] = {}
        for number, text in enumerate(texts):
            try:
                cleaned, found_source, found_target = self.check(text, target, source)
            except HelperError as error:
                results.append(error)
                continue
            results.append(InvalidInput(""))  # replaced below
            plans = self._plans(cleaned, found_source, found_target)
            groups.setdefault((found_source, found_target), []).append((number, cleaned, plans))
        for (found_source, found_target), items in groups.items():
            plans = [plan for _, _, some in items for plan in some]
            done = iter(list(self._sentences(plans, found_source, found_target, alternatives)))
            for number, cleaned, some in items:
                results[number] = self._assemble(
                    cleaned, found_source, found_target, [next(done) for _ in some]
                )
        return results

    def stream(
        self, text: str, target: str = "auto", source: str = "auto",
        alternatives: int = _MAX_ALTERNATIVES,
    ) -> Iterator[tuple[int, int, Sentence]]:
        """Translate sentence by sentence: (number from 1, how many, sentence).

        Closing the iterator stops the work. Raises as ``translate`` does, before the first item.
        """
        text, source, target = self.check(text, target, source)
        plans = self._plans(text, source, target)
        for number, plan in enumerate(plans, 1):
            (sentence,) = self._sentences([plan], source, target, alternatives)
            yield number, len(plans), sentence

    def assemble(
        self, text: str, found: list[Sentence], target: str = "auto", source: str = "auto"
    ) -> Translation:
        """The whole translation from sentences that ``stream`` gave."""
        text, source, target = self.check(text, target, source)
        return self._assemble(text, source, target, found)

    def check(self, text: str, target: str, source: str) -> tuple[str, str, str]:
        """The cleaned text and both languages decided, or the error that ``translate`` raises."""
        for code in (source, target):
            if code not in (*LANGUAGES, "auto"):
                raise UnknownLanguage(
                    N_("“%(code)s” is no language code here; use “en”, “zh” or “auto”."), code=code
                )
        text = script.clean(text).translate(protect.BRACKETS)
        if len(text) > self.max_chars:
            raise TooLong(
                N_("This text has %(length)d characters; shorten it to %(limit)d or translate it"
                   " in parts."), length=len(text), limit=self.max_chars,
            )
        if not text.strip():
            raise InvalidInput(N_("There is no text to translate; write or paste some first."))
        if source == "auto":
            source = script.detect(text)
            if source == target:
                source = {"en": "zh", "zh": "en"}[target]
        if target == "auto":
            target = {"en": "zh", "zh": "en"}[source]
        return text, source, target

    # — planning —

    def _plans(self, text: str, source: str, target: str) -> list[Plan]:
        if source == target:
            return [self._plan(sentences.Segment("", text, ""), target, True)]
        spans = protect.spans(text)
        segments = sentences.split(
            text, [(start, end) for start, end, _ in spans], list(breaks(text, spans, source))
        )
        alone = sum(regex.search(r"[\p{L}\p{N}]", s.text) is not None for s in segments) == 1
        return [self._plan(segment, target, alone) for segment in segments]

    def _plan(self, segment: sentences.Segment, target: str, alone: bool) -> Plan:
        hidden = r"[\p{Han}][\p{Han}，。！？、]*" if target == "zh" else ""
        masked = protect.mask(segment.text, hidden)
        return Plan(segment, masked, masked.text, masked.inner, alone)

    # — translating —

    def _sentences(
        self, plans: list[Plan], source: str, target: str, alternatives: int
    ) -> Iterator[Sentence]:
        alternatives = min(max(alternatives, 0), _MAX_ALTERNATIVES)
        for plan in plans:
            plan.done = self._without_engine(plan, source, target, alternatives)
        waiting = [plan for plan in plans if plan.done is None]
        first = [self._engine_form(plan, source, target) for plan in waiting]
        results = run(self._engine, [form.text for form in first], source, target)
        retry: list[tuple[Plan, Form, list[Hypothesis]]] = []
        for plan, form, hypotheses in zip(waiting, first, results, strict=True):
            plan.done = self._choose(plan, form, hypotheses, source, target, alternatives)
            if plan.done is None:
                retry.append((plan, form, hypotheses))
        self._second_pass(retry, source, target, alternatives)
        for plan in plans:
            assert plan.done is not None
            yield plan.done

    def _without_engine(
        self, plan: Plan, source: str, target: str, alternatives: int
    ) -> Sentence | None:
        """Memory, or nothing to translate; None when the engine is needed."""
        body = plan.body
        bare = protect.PLACEHOLDER.sub("", body)
        nothing = not regex.search(r"\p{L}", bare)
        already = source == "zh" and not script.has_hanzi(bare) and not self._fixed.expands(bare)
        if nothing or already or source == target:
            return finished(plan, plan.segment.text, Origin.UNCHANGED, 1.0, (), (), ())
        match = self._remembered(plan, source)
        if match is None:
            return None
        shown = [match.text, *match.alternatives][: alternatives + 1]
        dressed = [
            self._dress(plan, self._with_floats(plan, polish.with_end_of(text, body, target)))
            for text in shown
        ]
        return finished(
            plan, dressed[0], Origin.MEMORY, 0.98,
            (N_("translated by people, the same sentence"),) if match.source else (),
            tuple(dict.fromkeys(d for d in dressed[1:] if d != dressed[0])), (),
        )

    def _with_floats(self, plan: Plan, text: str) -> str:
        return protect.unmask(text, (), plan.masked.floats, self._word_ends) or text

    def _remembered(self, plan: Plan, source: str) -> Match | None:
        quoted = _QUOTED.fullmatch(plan.body)
        if quoted and not plan.inner:
            match = self._remembered(replace(plan, body=quoted[1]), source)
            return match and _in_quotes(match, quoted[1], source)
        if plan.inner:
            restored = protect.unmask(plan.body, plan.inner) or ""
            match = self.memory.find(restored, source, alone=plan.alone)
            kept = match is not None and all(piece in match.text for piece in plan.inner)
            return match if kept and not plan.masked.floats else None
        bodies = [plan.body]
        if source == "en":
            bodies.append(self.reader.read(plan.body)[0])
        for body in bodies:
            match = self.memory.find(body, source, alone=plan.alone) or \
                self.memory.find_clauses(body, source)
            if match is not None:
                return match
        return None

    def _engine_form(self, plan: Plan, source: str, target: str) -> Form:
        """What the engine is to see: plain English, dates in Chinese order, slang spelt out."""
        text, readings = (
            self.reader.read(plan.body) if source == "en"
            # the engine knows Simplified characters only
            else self._fixed.expand(script.to_simplified(plan.body))
        )
        inner = plan.inner
        most = self._engine.placeholders(source, target)
        if target == "zh":
            text, inner = self._fixed.dates(text, inner, most)
        if len(inner) > most:
            return Form(text, inner, readings, unsafe=True)
        return Form(text, inner, readings)

    def _judged(
        self, form: Form, hypotheses: list[Hypothesis], source: str, target: str
    ) -> list[Judged]:
        judged = []
        for hypothesis in hypotheses:
            text = tidy(hypothesis.text, target)
            if form.swaps:
                swapped = swap_back(text, form.swaps)
                if swapped is None:
                    judged.append(Judged(text, hypothesis.certainty, (Warning.PIECE,)))
                    continue
                text = swapped
            asked = form.said or form.text
            warnings = checks.judge(asked, text, source, target, hypothesis.certainty)
            missing = self._fixed.missing(asked, text, source)
            if missing:
                warnings = (*warnings, Warning.NAME)
            judged.append(Judged(text, hypothesis.certainty, warnings))
        return judged

    def _choose(
        self, plan: Plan, form: Form, hypotheses: list[Hypothesis], source: str, target: str,
        alternatives: int, last: bool = False,
    ) -> Sentence | None:
        """The first sound hypothesis, dressed; None when a second pass may do better."""
        if form.unsafe and not last:
            return None
        judged = self._judged(form, hypotheses, source, target)
        sound = [j for j in judged if not set(j.warnings) - {Warning.LOW}]
        if not sound and not last and _RETRIED & set(judged[0].warnings):
            return None
        # sorted is stable: among equals the engine's order stands
        ranked = sound + sorted(
            (j for j in judged if j not in sound), key=lambda j: weight(j.warnings)
        )
        usable = [
            j for j in ranked
            if Warning.PIECE not in j.warnings
            and self._restore(plan, j.text, form.inner) is not None
        ]
        if not usable:
            return None
        best = usable[0]
        texts = []
        for candidate in usable[: alternatives + 1]:
            ended = polish.with_end_of(candidate.text, form.text, target)
            restored = self._restore(plan, ended, form.inner)
            if restored is not None:
                texts.append(self._dress(plan, restored))
        texts = list(dict.fromkeys(texts))
        return finished(
            plan, texts[0], Origin.ENGINE, confidence(best, form), basis(best), tuple(texts[1:]),
            best.warnings, plain=form.text if form.readings else "",
        )

    def _second_pass(
        self, retry: list[tuple[Plan, Form, list[Hypothesis]]], source: str, target: str,
        alternatives: int,
    ) -> None:
        """Names behind placeholders where they went missing; then the text between the pieces."""
        if not retry:
            return
        limit = self._engine.placeholders(source, target)
        groups = []
        for _, form, _ in retry:
            text, inner = self._fixed.mask_names(form.text, form.inner, source)
            group = [Form(text, inner, form.readings, unsafe=len(inner) > limit)]
            text, inner = self._fixed.mask_numbers(form.text, form.inner)
            if inner != form.inner and len(inner) <= limit:
                group.append(Form(text, inner, form.readings))
            if source == "en" and not form.unsafe:
                stood, swaps = self._fixed.stand_ins(form.text)
                if swaps:
                    group.append(Form(
                        stood, form.inner, form.readings, swaps=swaps, said=form.text
                    ))
            groups.append(group)
        found = iter(run(self._engine, [f.text for group in groups for f in group], source, target))
        for (plan, form, first), group in zip(retry, groups, strict=True):
            options = []
            tries = [(candidate, next(found)) for candidate in group]
            masked = group[0]
            for candidate, hypotheses in (*tries, (form, first)):
                if not candidate.unsafe:
                    chosen = self._choose(
                        plan, candidate, hypotheses, source, target, alternatives, last=True
                    )
                    if chosen is not None:
                        options.append(chosen)
            # a fixed term that is right outweighs the engine's own certainty
            plan.done = max(
                options, key=lambda s: (Warning.NAME not in s.warnings, s.confidence), default=None
            ) or self._piecewise(plan, masked, source, target)

    def _piecewise(self, plan: Plan, form: Form, source: str, target: str) -> Sentence:
        """Translate the stretches between the pieces one by one: the pieces cannot move."""
        stretches = protect.PLACEHOLDER.split(form.text)
        texts, numbers = stretches[::2], [int(n) for n in stretches[1::2]]
        work = [t.strip() for t in texts]
        todo = [i for i, t in enumerate(work) if regex.search(r"\p{L}", t)]
        results = run(self._engine, [work[i] for i in todo], source, target)
        worst: tuple[Warning, ...] = ()
        scores = []
        for i, hypotheses in zip(todo, results, strict=True):
            judged = self._judged(Form(work[i], (), ()), hypotheses, source, target)
            best = min(judged, key=lambda j: weight(j.warnings))
            work[i] = polish.with_end_of(best.text, work[i], target)
            scores.append(best.score)
            worst += best.warnings
        space = " " if target == "en" else ""
        result = work[0]
        for number, text in zip(numbers, work[1:], strict=True):
            result += (space if result else "") + f"⟦{number}⟧"
            result += (space if text and not regex.match(r"[,.!?]", text) else "") + text
        result = polish.with_end_of(result.strip(), form.text, target)
        restored = self._restore(plan, result, form.inner) or result
        judged_whole = Judged(
            result, sum(scores) / len(scores) if scores else -0.5,
            tuple(dict.fromkeys(w for w in worst if w is not Warning.PIECE)),
        )
        return finished(
            plan, self._dress(plan, restored), Origin.ENGINE,
            min(0.6, confidence(judged_whole, form)),
            (*basis(judged_whole), N_("translated piece by piece around what had to stay")), (),
            judged_whole.warnings, plain=form.text if form.readings else "",
        )

    def _restore(self, plan: Plan, text: str, inner: tuple[str, ...]) -> str | None:
        """Put the inner pieces back into a translated body; None if a placeholder moved."""
        return protect.unmask(text, inner, plan.masked.floats, self._word_ends)

    def _word_ends(self, text: str) -> list[int]:
        return list(itertools.accumulate(map(len, self._segmenter.cut(text))))

    @staticmethod
    def _dress(plan: Plan, text: str) -> str:
        """Put the edge pieces back around a translated body."""
        lead, tail = plan.masked.lead, plan.masked.tail
        if lead and protect.needs_space(lead, text[:1]):
            lead += " "
        joined = lead + text
        if tail and tail[0] in "#@" and text and text[-1].isascii() and text[-1].isalnum():
            tail = " " + tail
        return joined + tail

    def _assemble(
        self, text: str, source: str, target: str, found: list[Sentence]
    ) -> Translation:
        whole = whole_text(found, target, lambda s: s.text)
        alternatives = []
        for rank in range(_MAX_ALTERNATIVES):
            other = whole_text(found, target, lambda s, r=rank: (  # type: ignore[misc]
                s.alternatives[min(r, len(s.alternatives) - 1)] if s.alternatives else s.text
            ))
            if other != whole and other not in alternatives:
                alternatives.append(other)
        readings: dict[tuple[str, str], None] = {}
        if source == "en":
            for sentence in found:
                if sentence.plain:
                    masked = protect.mask(sentence.source).text
                    for reading in self.reader.read(masked)[1]:
                        readings[reading.written, reading.read] = None
        return Translation(
            text, whole, source, target, tuple(found), tuple(alternatives), tuple(readings)
        )
