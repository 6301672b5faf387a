"""Put the words of a phrase in order."""

from collections.abc import Sequence

from fsrs import Rating

from helper.errors import N_
from helper.practice.deck import Deck, Item
from helper.practice.exercises.base import Form, Option, Question, Skill, dice, register
from helper.practice.notes import Note, Verdict

_FIRST = N_("Word %(place)s is %(right)s (“%(gloss)s”), you put %(given)s there.")
_MISSING = N_("Word %(place)s is missing: %(right)s (“%(gloss)s”).")
_GAVE = N_("You wrote %(given)s.")
_LITERAL = N_("Word for word: %(literal)s.")


@register
class WordOrder:
    """English; the Chinese words shuffled."""

    kind = "word-order"
    title = N_("Put the words in order")
    form = Form.ORDER
    skill = Skill.BUILDING
    sound = False
    terminal = True

    def fits(self, item: Item) -> bool:
        """At least three words, not all the same, and few enough for a phone."""
        return 3 <= len(item.words) <= 9 and len({w for w, _ in item.words}) > 2

    def ask(self, item: Item, deck: Deck, seed: int) -> Question:
        """Shuffle the words into another order than the right one."""
        source = dice(item, self.kind, seed)
        words = [word for word, _ in item.words]
        mixed = list(item.words)
        while [word for word, _ in mixed] == words:
            source.shuffle(mixed)
        return Question(
            self.kind, self.form, self.skill, item.id, seed, N_("Put the words in order."),
            english=item.english,
            options=tuple(Option(word, word, english=gloss) for word, gloss in mixed),
            expected=tuple(words),
        )

    def grade(
        self, question: Question, item: Item, deck: Deck, answer: Sequence[str]
    ) -> Verdict:
        """The words in the order chosen; joined words count too (from a keyboard)."""
        words = [word for word, _ in item.words]
        given = [value.strip() for value in answer if value.strip()]
        joined = "".join(given)
        if joined.replace(" ", "").lower() == "".join(words).replace(" ", "").lower():
            return Verdict(True, int(Rating.Good), expected=item.hanzi, given=joined)
        literal = " · ".join(f"{word} {gloss}" for word, gloss in item.words)
        gave = (Note(_GAVE, {"given": " ".join(given)}),) if given else ()
        notes = (*gave, *_first_difference(item, given), Note(_LITERAL, {"literal": literal}))
        return Verdict(False, int(Rating.Again), notes, expected=item.hanzi, given=joined)


def _first_difference(item: Item, given: list[str]) -> tuple[Note, ...]:
    for place, (word, gloss) in enumerate(item.words, 1):
        values = {"place": str(place), "right": word, "gloss": gloss}
        if place > len(given):
            return (Note(_MISSING, values),) if given else ()
        if given[place - 1] != word:
            return (Note(_FIRST, {**values, "given": given[place - 1]}),)
    return ()
