"""Read hanzi and type their pinyin; tones are graded apart from letters."""

from collections.abc import Sequence

from fsrs import Rating

from helper.errors import N_
from helper.practice.deck import Deck, Item
from helper.practice.exercises.base import Form, Question, Skill, only, register
from helper.practice.grading import grade_pinyin
from helper.practice.notes import Verdict

_RATINGS = {"right": Rating.Good, "none": Rating.Good, "wrong": Rating.Hard}


@register
class TypePinyin:
    """Marks, numbers or no tones; right letters with wrong tones are known, but hard."""

    kind = "type-pinyin"
    title = N_("Type the pinyin")
    form = Form.TYPED
    skill = Skill.PINYIN
    sound = False
    terminal = True

    def fits(self, item: Item) -> bool:
        """Hanzi only, and not too many to type on a phone."""
        return item.pure and 1 <= item.length <= 12

    def ask(self, item: Item, deck: Deck, seed: int) -> Question:
        """Show the hanzi and what they mean."""
        return Question(
            self.kind, self.form, self.skill, item.id, seed,
            N_("Type the pinyin: with tones (ni3 hao3, nǐ hǎo) or without."),
            hanzi=item.hanzi, english=item.english, expected=(item.pinyin,),
        )

    def grade(
        self, question: Question, item: Item, deck: Deck, answer: Sequence[str]
    ) -> Verdict:
        """One text; wrong letters mean again, wrong tones hard."""
        text = only(answer)
        grade = grade_pinyin(text, item.syllables, item.spoken_syllables)
        rating = _RATINGS[grade.tones] if grade.letters else Rating.Again
        return Verdict(
            grade.letters, int(rating), grade.notes, grade.pair, grade.sounds,
            expected=item.pinyin, given=text,
        )
