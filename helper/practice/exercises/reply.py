"""Read a comment and choose the phrase that answers it."""

import random
from collections.abc import Sequence

from fsrs import Rating

from helper.errors import N_
from helper.mandarin.pinyin import pinyin
from helper.practice.deck import Comment, Deck, Item, alike, bare
from helper.practice.exercises.base import (
    Form,
    Option,
    Question,
    Skill,
    dice,
    only,
    register,
    shuffled,
)
from helper.practice.notes import Note, Verdict

_FITS = N_("To “%(comment)s” people answer “%(reply)s”.")
_OTHER = N_("%(given)s says “%(english)s”, which does not answer it.")
# What answers nearly anything makes no wrong option.
_GENERAL = ("谢谢", "哈哈", "好的", "好呀", "可以", "没事", "没关系", "不客气", "对", "是的")


@register
class Reply:
    """Somebody's comment; four replies in hanzi, one of which fits."""

    kind = "reply"
    title = N_("Reply to a comment")
    form = Form.CHOICE
    skill = Skill.REPLYING
    sound = False
    terminal = True

    def fits(self, item: Item) -> bool:
        """Items with a known comment and answer."""
        return item.comment is not None

    def ask(self, item: Item, deck: Deck, seed: int) -> Question:
        """Show the comment."""
        comment = _comment(item)
        source = dice(item, self.kind, seed)
        options, position = shuffled(
            _option(comment.reply), map(_option, _others(item, comment, deck, source)), source
        )
        return Question(
            self.kind, self.form, self.skill, item.id, seed, N_("Which reply fits?"),
            hanzi=comment.hanzi, pinyin=pinyin(comment.hanzi), audio=comment.hanzi,
            options=options, expected=(comment.reply,), position=position,
        )

    def grade(
        self, question: Question, item: Item, deck: Deck, answer: Sequence[str]
    ) -> Verdict:
        """The reply chosen, as text."""
        comment, given = _comment(item), only(answer)
        if given == comment.reply:
            return Verdict(True, int(Rating.Good), expected=comment.reply, given=given)
        notes = [Note(_FITS, {"comment": comment.hanzi, "reply": comment.reply})]
        english = deck.reply_english(given)
        if english:
            notes.insert(0, Note(_OTHER, {"given": given, "english": english}))
        return Verdict(
            False, int(Rating.Again), tuple(notes), expected=comment.reply, given=given
        )


def _comment(item: Item) -> Comment:
    if item.comment is None:
        raise ValueError(f"{item.id} answers no comment")
    return item.comment


def _option(text: str) -> Option:
    return Option(text, text, pinyin(text))


def _others(item: Item, comment: Comment, deck: Deck, source: random.Random) -> list[str]:
    """Replies to quite different comments, from other situations."""
    chosen: list[str] = []
    for ident in source.sample(deck.ids, min(80, len(deck.ids))):
        other = deck.item(ident)
        if other is None or other.comment is None or other.situation == item.situation:
            continue
        reply = other.comment.reply
        plain = bare(reply)
        if (
            len(plain) >= 4 and not plain.startswith(_GENERAL)
            and alike(other.comment.english, comment.english) < 0.2
            and alike(other.comment.reply_english, comment.reply_english) < 0.2
            and reply not in chosen
        ):
            chosen.append(reply)
        if len(chosen) == 3:
            break
    return chosen
