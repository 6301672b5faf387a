"""Looking things up: search, entries with stable addresses, lists by screen and kind."""

from __future__ import annotations

from collections import Counter, defaultdict

from flask import Blueprint, render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _

from helper.errors import N_, NotFound
from helper.lookup import Entry
from helper.lookup.by_dictionary import word_entry
from helper.mandarin import pinyin, script
from helper.practice.collection import practicable
from helper.web import services
from helper.web.language import told
from helper.web.net_english import meaning, pieces
from phrasebook.types import Hashtag, Howto, Phrase, Slang, Term

blueprint = Blueprint("lookup", __name__)
_LIMIT = 20


@blueprint.get("/lookup")
def page() -> str:
    """Search results, or the ways to browse; ``part=results`` gives the list alone."""
    query = script.clean(request.args.get("q", "")).strip()[:200]
    book = services().book
    counts = Counter(term.screen for term in book.terms)
    template = "_results.html" if request.args.get("part") == "results" else "lookup.html"
    return render_template(
        template,
        query=query,
        results=services().index.search(query, _LIMIT) if query else None,
        net_english=meaning(query) if query else (),
        screens=[(screen, counts[screen.id]) for screen in book.screens],
    )


@blueprint.get("/entry/<id>")
def entry(id: str) -> str:
    """One entry's own page."""
    parts = services()
    if id.startswith("word."):
        return _word(id.removeprefix("word."))
    found = parts.index.by_id.get(id)
    if found is None:
        raise NotFound(N_("There is no entry “%(id)s”; search for the word instead."), id=id[:80])
    item = parts.book.by_id[id]
    if isinstance(item, Howto):
        return _howto(item)
    assert isinstance(item, Term | Slang | Hashtag | Phrase)
    read = item.stands_for if isinstance(item, Slang) and item.stands_for else item.hanzi
    related = [parts.index.by_id[other] for other in item.related if other in parts.index.by_id]
    return render_template(
        "entry.html", entry=found, item=item, kind=found.kind, related=related,
        screen=next((s for s in parts.book.screens if s.id == found.screen), None),
        readings=pinyin.readings(
            item.hanzi, item.pinyin if read == item.hanzi else ""
        ),
        spoken=pinyin.pinyin(read, item.pinyin, spoken=True) if not item.pinyin else "",
        copy_text=f"#{item.hanzi}" if isinstance(item, Hashtag) else item.hanzi,
        guides=[h for h in parts.book.howtos if any(step.term == id for step in h.steps)],
        senses=(), practised="" if isinstance(item, Hashtag) else practicable(item.hanzi, read),
    )


def _word(word: str) -> str:
    senses = services().dictionary.define(word[:20])
    if not senses:
        raise NotFound(N_("The dictionary has no word “%(word)s”."), word=word[:20])
    found = word_entry(senses[0])
    return render_template(
        "entry.html", entry=found, item=found, kind="word", related=(), screen=None,
        readings=pinyin.readings(word), spoken="", copy_text=word, guides=(), senses=senses,
        practised=practicable(word),
    )


def _howto(howto: Howto) -> str:
    by_id = services().book.by_id
    return render_template(
        "howto.html", howto=howto,
        steps=[(step, by_id[step.term] if step.term else None) for step in howto.steps],
    )


def _entries(ids: list[str]) -> list[Entry]:
    by_id = services().index.by_id
    return [by_id[id_] for id_ in ids]


@blueprint.get("/screen/<id>")
def screen(id: str) -> str:
    """Every label of one screen."""
    book = services().book
    found = next((s for s in book.screens if s.id == id), None)
    if found is None:
        raise NotFound(N_("There is no screen “%(id)s”; see the list of screens."), id=id[:80])
    return render_template(
        "listing.html",
        title=found.title_zh if str(get_locale()) == "zh_Hans" else (
            f"{found.title} · {found.title_zh}"
        ),
        intro=told(found.path),
        groups=[("", _entries([t.id for t in book.terms if t.screen == id]))],
    )


@blueprint.get("/slang")
def slang() -> str:
    """All slang, by kind."""
    names = {
        "slang": _("Slang"), "abbreviation": _("Abbreviations"), "number": _("Number codes"),
        "particle": _("Sounds and reactions"), "meme": _("Memes"), "emoji": _("Emoji"),
        "kaomoji": _("Kaomoji"), "chinglish": _("Chinglish jokes"), "dialect": _("Dialect"),
    }
    groups = defaultdict(list)
    for item in services().book.slang:
        groups[item.kind].append(item.id)
    return render_template(
        "listing.html", title=_("What people write"), intro="",
        groups=[(names[kind], _entries(ids)) for kind, ids in groups.items()],
    )


@blueprint.get("/hashtags")
def hashtags() -> str:
    """All hashtags and channels, the biggest first."""
    names = {"huge": _("Huge"), "medium": _("Medium"), "niche": _("Niche")}
    groups: dict[str, list[str]] = {size: [] for size in names}
    for item in services().book.hashtags:
        groups[item.size].append(item.id)
    return render_template(
        "listing.html", title=_("Hashtags and channels"),
        intro=_("Tap one to see what is posted under it, then copy it into your post."),
        groups=[(names[size], _entries(ids)) for size, ids in groups.items() if ids],
    )


@blueprint.get("/net-english")
def net_english() -> str:
    """What English speakers write, for the friend who reads Chinese."""
    names = {
        "abbreviation": _("Abbreviations"), "slang": _("Slang"), "smiley": _("Smileys"),
        "spelling": _("Net spellings"), "contraction": _("Contractions"),
    }
    groups = defaultdict(list)
    for piece in pieces(services().book.netspeak):
        groups[piece.kind].append(piece)
    return render_template(
        "net_english.html", groups=[(name, groups[kind]) for kind, name in names.items()],
    )


@blueprint.get("/guides")
def howtos() -> str:
    """All "I want to…" guides."""
    return render_template(
        "listing.html", title=_("I want to…"), intro="",
        groups=[("", _entries([h.id for h in services().book.howtos]))],
    )

