"""What a search returns, and the slate on which the ways of searching note their finds."""

from __future__ import annotations

from dataclasses import dataclass, field

from helper.lookup.entry import Entry


@dataclass(frozen=True)
class Hit:
    """A found entry.

    Attributes:
        score: orders the hits; about 100 is exact, under 30 is only the nearest there is.
        matched: in words, what matched.
        same: entries with the same label elsewhere in the app.
    """

    entry: Entry
    score: float
    matched: str
    same: tuple[Entry, ...] = ()

    def to_dict(self) -> dict:
        """The form of the JSON output; ``also`` lists the same label's other places."""
        entry = self.entry
        return {
            "id": entry.id, "kind": entry.kind, "hanzi": entry.hanzi, "pinyin": entry.pinyin,
            "english": entry.english, "screen": entry.place or entry.screen,
            "matched": self.matched,
            "also": [{"id": e.id, "screen": e.place, "english": e.english} for e in self.same],
        }


@dataclass(frozen=True)
class Results:
    """Hits, best first; ``nearest`` is True when nothing fitted and these are only close."""

    query: str
    hits: tuple[Hit, ...]
    nearest: bool = False

    def to_dict(self) -> dict:
        """The form of the JSON output."""
        return {
            "query": self.query, "nearest": self.nearest,
            "results": [hit.to_dict() for hit in self.hits],
        }


@dataclass
class Best:
    """The best score so far for each entry and what gave it."""

    scores: dict[int, tuple[float, str]] = field(default_factory=dict)

    def offer(self, number: int, score: float, matched: str) -> None:
        """Note that entry ``number`` was found; only its best score is kept."""
        held = self.scores.get(number)
        if held is None or held[0] < score:
            self.scores[number] = (score, matched)
