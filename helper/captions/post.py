"""What composing gives: a draft, its sentences explained and checked, and the post."""

from __future__ import annotations

from dataclasses import dataclass, field

from helper.captions.hints import Hint
from helper.captions.layouts import Layout, Line
from helper.captions.limits import Limit
from helper.captions.rules import Note
from helper.captions.strays import Check, Reason
from helper.captions.tags import OwnTag, Suggestion
from helper.errors import N_
from helper.lookup.glosses import Word
from helper.translation import Origin, Sentence, Translation
from helper.translation.memory import Match
from helper.translation.netspeak import Reading

#: What each reason of "check this one" means to a reader.
REASONS = {
    Reason.NUMBER: N_("A number changed or is missing."),
    Reason.NEGATION: N_("A “not” was lost."),
    Reason.NEGATION_ADDED: N_("A “not” came in that you did not write."),
    Reason.NAME: N_("A name is missing."),
    Reason.GUESSED: N_("An unknown word was guessed."),
    Reason.SHORT: N_("Part of the sentence seems to be missing."),
    Reason.LONG: N_("Something seems to have been added."),
    Reason.BROKEN: N_("The translation looks broken."),
    Reason.MEANING: N_("Read back in English, it says something else."),
}


@dataclass(frozen=True)
class Draft:
    """What a user wrote, in English.

    Attributes:
        text: the body; hashtags at its end become the post's tags.
        title: may be empty.
        layout: how the two languages are arranged.
        tags: tags chosen for the post besides those typed at the body's end, as ``#…``.
    """

    text: str = ""
    title: str = ""
    layout: Layout = Layout.CHINESE
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComposedSentence:
    """One sentence of the post, explained and checked.

    Attributes:
        part: "title" or "body".
        sentence: the translation.
        words: its Chinese words with pinyin and glosses.
        back: what the Chinese says, translated into English by the other model.
        check: whether and why to look at it again.
        near: curated sentences that say something close ("people say it like this").
        hints: measures and money in China's units.
        readings: net English that was read into plain English.
        edited: True when a person wrote or changed the Chinese.
    """

    part: str
    sentence: Sentence
    words: tuple[Word, ...] = ()
    back: str = ""
    check: Check = field(default=Check())
    near: tuple[Match, ...] = ()
    hints: tuple[Hint, ...] = ()
    readings: tuple[Reading, ...] = ()
    edited: bool = False

    @property
    def line(self) -> Line:
        """The sentence as the layouts need it."""
        s = self.sentence
        return Line(self.part, s.source, s.text, s.before, s.after)

    @property
    def says_something(self) -> bool:
        """False for line breaks, emoji, links and other sentences with nothing to explain."""
        return bool(self.sentence.source) and self.sentence.origin is not Origin.UNCHANGED

    def to_dict(self) -> dict:
        """The form of the JSON output."""
        s = self.sentence
        return {
            "part": self.part, "source": s.source, "chinese": s.text, "back": self.back,
            "origin": str(s.origin), "confidence": s.confidence, "edited": self.edited,
            "flagged": self.check.flagged, "similarity": self.check.similarity,
            "reasons": [
                {"reason": str(r), "explain": REASONS[r]} for r in self.check.reasons
            ],
            "guessed": list(self.check.guessed), "names_missing": list(self.check.missing),
            "alternatives": list(s.alternatives),
            "people_say": [
                {"english": m.source, "chinese": m.text, "score": round(m.score, 1)}
                for m in self.near
            ],
            "hints": [
                {"written": h.written, "english": h.english, "chinese": h.chinese,
                 "kind": h.kind, "applied": h.applied} for h in self.hints
            ],
            "readings": [
                {"written": r.written, "read": r.read, "notes": r.notes, "zh": r.zh}
                for r in self.readings
            ],
            "words": [word.to_dict() for word in self.words],
        }


@dataclass(frozen=True)
class Post:
    """A post that can be copied into the app.

    Attributes:
        draft: what it was made from.
        sentences: of the title, then of the body, in order.
        title: the Chinese title; "" when the draft has none.
        chinese: the body's Chinese without layout and tags.
        body: the body in its layout, tags below.
        tags: the tags in it, as ``#…``.
        own: the user's own tags and what became of them.
        suggestions: further tags that fit.
        limits: how full title and body are.
        notes: wording that Chinese platforms limit.
        translation: the body's translation as the translator gave it; None when there is no body.
    """

    draft: Draft
    sentences: tuple[ComposedSentence, ...]
    title: str
    chinese: str
    body: str
    tags: tuple[str, ...]
    own: tuple[OwnTag, ...]
    suggestions: tuple[Suggestion, ...]
    limits: tuple[Limit, Limit]
    notes: tuple[Note, ...]
    translation: Translation | None = None

    @property
    def whole(self) -> str:
        """Title and body as one text."""
        return "\n\n".join(part for part in (self.title, self.body) if part)

    @property
    def flagged(self) -> int:
        """How many sentences are marked "check this one"."""
        return sum(s.check.flagged for s in self.sentences)

    def to_dict(self) -> dict:
        """The form of the JSON output, the same for the API and the command line."""
        return {
            "title": self.title, "body": self.body, "chinese": self.chinese,
            "layout": str(self.draft.layout), "tags": list(self.tags),
            "own_tags": [tag.to_dict() for tag in self.own],
            "suggested_tags": [tag.to_dict() for tag in self.suggestions],
            "limits": [limit.to_dict() for limit in self.limits],
            "flagged": self.flagged,
            "sentences": [s.to_dict() for s in self.sentences if s.sentence.source],
            "rules": [note.to_dict() for note in self.notes],
        }
