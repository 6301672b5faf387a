"""Hear a phrase and choose which one it was."""

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
class ListenChoose:
    """The sound alone; four phrases in hanzi with pinyin, as near in length as can be."""

    kind = "listen-choose"
    title = N_("Hear it and choose")
    form = Form.CHOICE
    skill = Skill.LISTENING
    sound = True
    terminal = False

    def fits(self, item: Item) -> bool:
        """Every item."""
        return True

    def ask(self, item: Item, deck: Deck, seed: int) -> Question:
        """Play the phrase."""
        source = dice(item, self.kind, seed)
        options, position = shuffled(
            Option(item.id, item.hanzi, item.pinyin),
            [Option(o.id, o.hanzi, o.pinyin) for o in distractors(item, deck, source)], source,
        )
        return Question(
            self.kind, self.form, self.skill, item.id, seed, N_("What did you hear?"),
            audio=item.hanzi, options=options, expected=(item.id,), position=position,
        )

    def grade(
        self, question: Question, item: Item, deck: Deck, answer: Sequence[str]
    ) -> Verdict:
        """The id of the chosen item."""
        return chosen_item(question, item, deck, answer)
