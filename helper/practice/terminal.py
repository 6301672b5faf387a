"""A practice session in a plain terminal: lines in, lines out, nothing else needed."""

from __future__ import annotations

import getpass
import secrets
import time
from typing import TextIO

from helper.errors import N_, InvalidInput
from helper.practice.calendar import local_zone
from helper.practice.deck import Item
from helper.practice.exercises import Form, Question
from helper.practice.exercises.base import SELF_OPTIONS
from helper.practice.notes import Sound
from helper.practice.service import PracticeService
from helper.practice.session import Asked, PracticeSession
from helper.practice.store import Answer, Outcome

_HELP = "Enter alone: I don't know · u: undo the last answer · s: never ask this card · q: stop"


class _Stop(Exception):
    """The learner or the input ended the session."""


def run(
    service: PracticeService, input: TextIO, output: TextIO, minutes: float = 5,
    learner: str = "",
) -> None:
    """Ask, grade and explain until the time is over, nothing is left, or the input ends.

    Args:
        service: the practice service.
        input: where answers come from, line by line.
        output: where everything is printed.
        minutes: how long the session lasts.
        learner: whose progress it is; "" is the one of this machine's user.

    Raises:
        InvalidInput: no session lasts so many minutes.
    """
    practice = service.start(minutes, terminal=True, silent=True)
    learner = learner or f"terminal-{_user()}"
    service.guess_zone(learner, local_zone())
    Terminal(service, input, output, learner).session(practice)


def _user() -> str:
    try:
        return getpass.getuser()[:40]
    except (KeyError, OSError, ImportError):
        return "user"


class Terminal:
    """One learner at one terminal."""

    def __init__(
        self, service: PracticeService, input: TextIO, output: TextIO, learner: str
    ) -> None:
        self._service, self._input, self._output = service, input, output
        self._learner = learner
        self._answers = self._right = 0

    def session(self, practice: PracticeSession) -> None:
        """A whole session, with what is due before and after."""
        summary = self._service.summary(self._learner, practice)
        self._say(
            f"{summary.due} due · today {summary.today} of {summary.goal}"
            f" · streak {summary.streak}", _HELP,
        )
        try:
            while asked := self._service.next_question(self._learner, practice):
                self._turn(asked, practice)
        except _Stop:
            pass
        summary = self._service.summary(self._learner, practice)
        self._say(
            "", f"{self._right} of {self._answers} right · today {summary.today} of"
            f" {summary.goal} · streak {summary.streak} · {summary.due} still due",
        )

    def _say(self, *lines: str) -> None:
        for line in lines:
            print(line, file=self._output)
        self._output.flush()

    def _read(self, prompt: str) -> str:
        print(prompt, end="", file=self._output, flush=True)
        try:
            line = self._input.readline()
        except KeyboardInterrupt:
            raise _Stop from None
        if not line or line.strip().lower() in {"q", "quit", "exit"}:
            raise _Stop
        return line.strip()

    def _turn(self, asked: Asked, practice: PracticeSession) -> None:
        question = asked.question
        item = self._service.item(self._learner, question.item)
        if asked.fresh:
            self._introduce(item)
        self._show(question)
        started = time.monotonic()
        while True:
            typed = self._read("> ")
            if typed.lower() == "u":
                self._undo()
                return
            if typed.lower() == "s":
                self._suspend(question)
                return
            try:
                values = self._values(question, item, typed)
                outcome = self._service.answer(self._learner, Answer(
                    secrets.token_urlsafe(12), question.item, question.kind, question.seed,
                    values, practice.id, int((time.monotonic() - started) * 1000),
                ))
            except InvalidInput as error:
                self._say(str(error))
            else:
                break
        self._answers += 1
        self._right += outcome.verdict.right
        self._explain(question, item, outcome)

    def _introduce(self, item: Item) -> None:
        self._say(
            "", f"New: {item.hanzi}", f"     {item.pinyin}", f"     {item.english}",
            "     " + " · ".join(f"{word} {gloss}" for word, gloss in item.words),
        )
        if item.when:
            self._say(f"     {item.when}")
        self._read("Enter to go on ")

    def _show(self, question: Question) -> None:
        self._say("", question.instruction)
        for text in (question.hanzi, question.pinyin, question.english):
            if text:
                self._say(f"  {text}")
        if question.form == Form.SELF:
            return
        for number, option in enumerate(question.options, 1):
            shown = " ".join(filter(None, (option.hanzi, option.pinyin, option.english)))
            self._say(f"  {number}) {shown}")
        if question.form == Form.ORDER:
            self._say("  (the numbers in order, or the words)")

    def _values(self, question: Question, item: Item, typed: str) -> tuple[str, ...]:
        if question.form == Form.SELF:
            self._say(f"  {item.hanzi}  {item.pinyin}")
            rating = self._read("1 again · 2 hard · 3 good · 4 easy > ")
            names = [option.english.lower() for option in SELF_OPTIONS]
            return (str(names.index(rating.lower()) + 1) if rating.lower() in names else rating,)
        if question.form == Form.ORDER:
            numbers = typed.replace(",", " ").split()
            if len(numbers) == 1 and len(typed) == len(question.options):
                numbers = list(typed)
            if numbers and all(n.isdigit() and 0 < int(n) <= len(question.options)
                               for n in numbers):
                return tuple(question.options[int(n) - 1].value for n in numbers)
            return tuple(typed.split())
        if question.form == Form.CHOICE and typed:
            if typed.isdigit() and 0 < int(typed) <= len(question.options):
                return (question.options[int(typed) - 1].value,)
            raise InvalidInput(
                N_("Type a number from 1 to %(num)d."), num=len(question.options)
            )
        return (typed,) if typed else ()

    def _explain(self, question: Question, item: Item, outcome: Outcome) -> None:
        verdict = outcome.verdict
        self._say("  ✓ right" if verdict.right else "  ✗ not quite")
        if not verdict.right or question.form == Form.TYPED:
            self._say(f"  {item.hanzi}  {item.pinyin}  {item.english}")
        if verdict.sounds:
            self._say("  " + " ".join(map(_marked, verdict.sounds)))
        for note in verdict.notes:
            self._say(f"  {note}")
        if verdict.pair:
            pair = verdict.pair
            self._say(f"  {pair.right} {pair.right_pinyin} – {pair.wrong} {pair.wrong_pinyin}")

    def _undo(self) -> None:
        undone = self._service.undo(self._learner)
        if undone is None:
            self._say("  There is nothing to undo.")
            return
        self._answers = max(0, self._answers - 1)
        self._right = max(0, self._right - undone.verdict.right)
        self._say("  The last answer is taken back.")

    def _suspend(self, question: Question) -> None:
        self._service.suspend(self._learner, question.item, question.skill.value)
        self._say("  This card will not come again.")


def _marked(sound: Sound) -> str:
    """A syllable with what was wrong about it."""
    if not sound.letters:
        return f"{sound.expected}✗"
    return sound.expected + {"wrong": "~", "right": "✓", "none": ""}[sound.tone]
