"""Read English and choose the hanzi that say it."""

from collections.abc import Sequence

from helper.errors import N_
from helper.practice.deck import Deck, Item
from helper.practice.exercises.base import (
    Form,
    Option,
    Question,
    Skill,
    chosen_item,
    dice,
    distractors,
    register,
    shuffled,
)
from helper.practice.notes import Verdict


@register
class ChooseHanzi:
    """English; four phrases in hanzi, without pinyin, so that they must be read."""

    kind = "choose-hanzi"
    title = N_("Choose the hanzi")
    form = Form.CHOICE
    skill = Skill.HANZI
    sound = False
    terminal = True

    def fits(self, item: Item) -> bool:
        """Every item with an English meaning."""
        return bool(item.english)

    def ask(self, item: Item, deck: Deck, seed: int) -> Question:
        """Show the English."""
        source = dice(item, self.kind, seed)
        options, position = shuffled(
            Option(item.id, item.hanzi),
            [Option(o.id, o.hanzi) for o in distractors(item, deck, source)], source,
        )
        return Question(
            self.kind, self.form, self.skill, item.id, seed, N_("Which one says this?"),
            english=item.english, options=options, expected=(item.id,), position=position,
        )

    def grade(
        self, question: Question, item: Item, deck: Deck, answer: Sequence[str]
    ) -> Verdict:
        """The id of the chosen item."""
        return chosen_item(question, item, deck, answer)
