"""See the English, say it in Chinese, turn the card over, judge."""

from collections.abc import Sequence

from helper.errors import N_
from helper.practice.deck import Deck, Item
from helper.practice.exercises.base import (
    SELF_OPTIONS,
    Form,
    Question,
    Skill,
    register,
    self_graded,
)
from helper.practice.notes import Verdict


@register
class Recall:
    """The plain flash card: English in front, Chinese behind."""

    kind = "recall"
    title = N_("Say it in Chinese")
    form = Form.SELF
    skill = Skill.SPEAKING
    sound = False
    terminal = True

    def fits(self, item: Item) -> bool:
        """Every item with an English meaning."""
        return bool(item.english)

    def ask(self, item: Item, deck: Deck, seed: int) -> Question:
        """Show the English only; the page turns the card."""
        return Question(
            self.kind, self.form, self.skill, item.id, seed,
            N_("Say this in Chinese, then turn the card. Did you know it?"),
            english=item.english, options=SELF_OPTIONS, expected=(item.hanzi,),
        )

    def grade(
        self, question: Question, item: Item, deck: Deck, answer: Sequence[str]
    ) -> Verdict:
        """The learner's own rating."""
        return self_graded(item, answer)
