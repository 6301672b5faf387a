"""Fill the word that is missing from a phrase."""

import random
from collections.abc import Sequence

from fsrs import Rating

from helper.errors import N_
from helper.mandarin.pinyin import pinyin
from helper.practice.deck import Deck, Item
from helper.practice.exercises.base import (
    Form,
    Option,
    Question,
    Skill,
    dice,
    distractors,
    only,
    register,
    shuffled,
)
from helper.practice.notes import Note, Verdict

BLANK = "＿＿"
_MEANS = N_("%(right)s is “%(gloss)s”; %(given)s does not say that.")
_RIGHT = N_("The word is %(right)s, “%(gloss)s”.")


@register
class FillWord:
    """The phrase with one word cut out, its English, and four words to choose from."""

    kind = "fill-word"
    title = N_("Fill the missing word")
    form = Form.CHOICE
    skill = Skill.BUILDING
    sound = False
    terminal = True

    def fits(self, item: Item) -> bool:
        """At least two words, one of which stands in it only once."""
        return len(item.words) >= 2 and bool(_candidates(item))

    def ask(self, item: Item, deck: Deck, seed: int) -> Question:
        """Cut one word out."""
        source = dice(item, self.kind, seed)
        word, gloss = source.choice(_candidates(item))
        others = _other_words(item, deck, word, gloss, source)
        options, position = shuffled(
            Option(word, word, pinyin(word)), [Option(o, o, pinyin(o)) for o in others], source
        )
        return Question(
            self.kind, self.form, self.skill, item.id, seed, N_("Which word is missing?"),
            hanzi=item.hanzi.replace(word, BLANK, 1), english=item.english, options=options,
            expected=(word,), position=position,
        )

    def grade(
        self, question: Question, item: Item, deck: Deck, answer: Sequence[str]
    ) -> Verdict:
        """The word chosen."""
        word, given = question.expected[0], only(answer)
        if given == word:
            return Verdict(True, int(Rating.Good), expected=item.hanzi, given=given)
        values = {"right": word, "gloss": dict(item.words).get(word, "")}
        note = Note(_MEANS, {**values, "given": given}) if given else Note(_RIGHT, values)
        return Verdict(False, int(Rating.Again), (note,), expected=item.hanzi, given=given)


def _candidates(item: Item) -> list[tuple[str, str]]:
    """Words with a meaning of their own that stand in the phrase exactly once."""
    found = [(w, g) for w, g in item.words if item.hanzi.count(w) == 1]
    return [(w, g) for w, g in found if not g.startswith("(")] or found


def _other_words(
    item: Item, deck: Deck, word: str, gloss: str, source: random.Random
) -> list[str]:
    """Three words from other phrases that mean something else, near in length."""
    own = {w for w, _ in item.words}
    pool = {
        w: g for other in distractors(item, deck, source, 8) for w, g in other.words
        if w not in own and g != gloss and not g.startswith("(")
    }
    ranked = sorted(pool, key=lambda w: (abs(len(w) - len(word)), source.random()))
    return ranked[:3]
