"""A whole session in a plain terminal."""

from __future__ import annotations

import io

from helper.practice import Answer, terminal
from helper.practice.exercises import Form


class Typist(io.StringIO):
    """Reads what the terminal has printed and types the right answer, or what it is told."""

    def __init__(self, service, clock, output, script=()):
        super().__init__()
        self.service, self.clock, self.output = service, clock, output
        self.script = list(script)
        self.lines = 0

    def readline(self, *_):
        self.lines += 1
        self.clock.pass_(seconds=4)
        tail = self.output.getvalue().rsplit("\n", 1)[-1]
        if "Enter to go on" in tail:
            return "\n"
        if self.script:
            return self.script.pop(0) + "\n"
        if "easy" in tail:
            return "good\n"
        return self._right() + "\n"

    def _right(self) -> str:
        text = self.output.getvalue().rsplit("\n\n", 1)[-1]
        for found in self.asked:
            q = found.question
            if q.form == Form.CHOICE and all(
                f"{n}) " in text for n in range(1, len(q.options) + 1)
            ):
                return str(q.position + 1)
            if q.form == Form.TYPED:
                return q.expected[0]
            if q.form == Form.ORDER:
                return " ".join(q.expected)
        return ""

    asked: list = []


def watched(service, typist):
    """Let the typist see what is asked."""
    original = service.next_question

    def next_question(learner, practice):
        found = original(learner, practice)
        typist.asked = [found] if found else []
        return found

    service.next_question = next_question


def test_a_full_session_with_right_answers(lite, clock):
    output = io.StringIO()
    typist = Typist(lite, clock, output)
    watched(lite, typist)
    terminal.run(lite, typist, output, minutes=5, learner="me")
    text = output.getvalue()
    assert "New: 大家好！" in text
    assert "0 due · today 0 of 20" in text
    assert "✗" not in text
    summary = lite.summary("me")
    assert summary.today >= 20
    assert f"{summary.today} of {summary.today} right" in text
    assert "streak 1" in text.rsplit("\n", 2)[-2]


def test_mistakes_are_explained_and_undone(lite, clock):
    output = io.StringIO()
    typist = Typist(lite, clock, output, ["9", "x", "", "u", "s", "q"])
    watched(lite, typist)
    terminal.run(lite, typist, output, minutes=5, learner="me")
    text = output.getvalue()
    assert text.count("Type a number from 1 to 4.") == 2
    assert "✗ not quite" in text
    assert "means “Hi everyone!”" in text
    assert "The last answer is taken back." in text
    assert "This card will not come again." in text
    assert "0 of 0 right" in text


def test_cards_that_must_be_heard_are_not_due_here(lite, clock):
    ident = lite.deck.ids[0]
    lite.answer("me", Answer("key-00000001", ident, "listen-choose", 1, (ident,)))
    clock.pass_(days=1)
    output = io.StringIO()
    terminal.run(lite, io.StringIO(""), output, minutes=5, learner="me")
    assert output.getvalue().startswith("0 due")
    assert "0 still due" in output.getvalue()
    assert lite.summary("me").due == 1


def test_the_end_of_the_input_ends_the_session(lite):
    output = io.StringIO()
    terminal.run(lite, io.StringIO(""), output, minutes=5, learner="me")
    assert "0 of 0 right" in output.getvalue()
