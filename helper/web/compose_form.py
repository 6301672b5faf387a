"""The composed post as a form: what its fields say, and what a change of them asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from helper.captions import ComposedSentence, Composer, Draft, Line
from helper.captions.report import layout_of
from helper.errors import N_, InvalidInput
from helper.mandarin import script

#: Most sentences of one post.
MOST = 1000
_FIELDS = ("part", "source", "english", "was", "chinese", "before", "after", "edited")


@dataclass(frozen=True)
class Row:
    """One sentence as its fields say.

    Attributes:
        line: the English that was translated last, and the Chinese that the field holds now.
        english: the English that the field holds now.
        was: the Chinese that the page showed before the user touched it.
        edited: whether that was already a person's wording.
    """

    line: Line
    english: str
    was: str
    edited: bool

    @property
    def english_changed(self) -> bool:
        """Whether the user changed the English since it was translated."""
        return self.english.strip() != self.line.source.strip()

    @property
    def chinese_changed(self) -> bool:
        """Whether the user changed the Chinese since it was shown."""
        return bool(self.line.chinese.strip()) and self.line.chinese.strip() != self.was.strip()


def draft_of(form: Mapping[str, str], tags: list[str]) -> Draft:
    """The draft of a form with ``title``, ``text`` and ``layout``."""
    return Draft(form.get("text", ""), form.get("title", ""),
                 layout_of(form.get("layout", "")), tuple(tags))


def rows(form: MultiDict[str, str]) -> list[Row]:
    """Every sentence of the post in order; InvalidInput when the fields do not fit together."""
    columns = [form.getlist(name) for name in _FIELDS]
    if len({len(column) for column in columns}) != 1 or len(columns[0]) > MOST:
        raise InvalidInput(N_("This form is incomplete; put the draft into Chinese again."))
    result = []
    for part, source, english, was, chinese, before, after, edited in zip(*columns, strict=True):
        if part not in {"title", "body"}:
            raise InvalidInput(N_("This form is incomplete; put the draft into Chinese again."))
        line = Line(part, script.clean(source), script.clean(chinese),
                    script.clean(before), script.clean(after))
        result.append(Row(line, script.clean(english), script.clean(was), edited == "1"))
    return result


def revise(
    composer: Composer, found: list[Row], action: str, everything: bool
) -> tuple[list[ComposedSentence], list[int]]:
    """The sentences after ``action``, and the numbers of those that it changed.

    Args:
        action: "pick 3 <Chinese>" puts a wording in, "machine 3" takes the translator's own
            again, anything else only follows the fields that were changed.
        everything: explain every sentence, not only the changed ones (a whole page is shown).
    """
    verb, _, rest = action.partition(" ")
    number, _, chosen = rest.partition(" ")
    lines: list[Line] = []
    by_hand: set[int] = set()
    changed: list[int] = []
    for at, row in enumerate(found):
        line, edited, target = row.line, row.edited, number == str(at)
        if target and verb == "pick" and chosen.strip():
            line, edited = replace(line, chinese=script.clean(chosen)), True
            changed.append(at)
        elif line.source and (row.english_changed or (target and verb == "machine")):
            line, edited = replace(line, source=row.english.strip() or line.source), False
            changed.append(at)
        elif row.chinese_changed:
            edited = True
            changed.append(at)
        lines.append(line)
        if edited:
            by_hand.add(at)
    wanted = range(len(lines)) if everything else changed
    return composer.revised(lines, by_hand, wanted), changed
