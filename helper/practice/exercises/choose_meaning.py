"""Read hanzi and choose what they mean."""

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
class ChooseMeaning:
    """Hanzi with pinyin; four English meanings."""

    kind = "choose-meaning"
    title = N_("Choose the meaning")
    form = Form.CHOICE
    skill = Skill.MEANING
    sound = False
    terminal = True

    def fits(self, item: Item) -> bool:
        """Every item with an English meaning."""
        return bool(item.english)

    def ask(self, item: Item, deck: Deck, seed: int) -> Question:
        """Show the hanzi."""
        source = dice(item, self.kind, seed)
        options, position = shuffled(
            Option(item.id, english=item.english),
            [Option(o.id, english=o.english) for o in distractors(item, deck, source)], source,
        )
        return Question(
            self.kind, self.form, self.skill, item.id, seed, N_("What does this mean?"),
            hanzi=item.hanzi, pinyin=item.pinyin, audio=item.hanzi, options=options,
            expected=(item.id,), position=position,
        )

    def grade(
        self, question: Question, item: Item, deck: Deck, answer: Sequence[str]
    ) -> Verdict:
        """The id of the chosen item."""
        return chosen_item(question, item, deck, answer)
