"""Say it aloud, hear the model voice and yourself, and judge."""

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
class SayIt:
    """Hanzi, pinyin and the model voice; the recording never leaves the device."""

    kind = "say-it"
    title = N_("Say it and compare yourself")
    form = Form.SELF
    skill = Skill.SPEAKING
    sound = True
    terminal = False

    def fits(self, item: Item) -> bool:
        """Short enough for one breath."""
        return item.length <= 16

    def ask(self, item: Item, deck: Deck, seed: int) -> Question:
        """Show everything; the speaking is the task."""
        return Question(
            self.kind, self.form, self.skill, item.id, seed,
            N_("Say it aloud, then listen and compare. How close was it?"),
            hanzi=item.hanzi, pinyin=item.spoken, english=item.english, audio=item.hanzi,
            options=SELF_OPTIONS, expected=(item.hanzi,),
        )

    def grade(
        self, question: Question, item: Item, deck: Deck, answer: Sequence[str]
    ) -> Verdict:
        """The learner's own rating."""
        return self_graded(item, answer)
