"""The explanations of entries in both interface languages."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

import pytest

from helper.practice.tones import drills
from phrasebook.explanations import FIELDS, explanations


@pytest.fixture
def chinese(client):
    client.set_cookie("language", "zh_Hans")
    return client


def text_of(client, path):
    return html.unescape(client.get(path).get_data(as_text=True))


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("terms", ("explain", "position", "notes")),
        ("slang", ("meaning",)),
        ("hashtags", ("posts",)),
        ("phrases", ("when", "mistake")),
    ],
)
def test_entries_explain_themselves_in_the_interface_language(client, book, part, fields):
    for entry in getattr(book, part)[::90]:
        client.set_cookie("language", "en")
        english = text_of(client, f"/entry/{entry.id}")
        client.set_cookie("language", "zh_Hans")
        chinese = text_of(client, f"/entry/{entry.id}")
        for field in fields:
            if told := getattr(entry, field):
                assert told in english
                assert told not in chinese, (entry.id, field)


def test_situations_and_screens_introduce_themselves_in_chinese(chinese, book):
    for situation in book.situations[::8]:
        page = text_of(chinese, f"/phrases/{situation.id}")
        assert situation.intro not in page
        assert all(p.when not in page for p in book.phrases if p.situation == situation.id)
    for screen in book.screens[::8]:
        assert screen.path not in text_of(chinese, f"/screen/{screen.id}")


def test_tone_drills_speak_chinese(chinese):
    page = text_of(chinese, "/practice/tones")
    for drill in drills():
        assert drill.about not in page
    assert drills()[0].mouth not in text_of(chinese, f"/practice/tones/{drills()[0].id}")


def test_every_field_that_explains_is_listed(book):
    """A new field of explanations that nobody lists would stay English without a word."""
    listed = {text for _, text in explanations(book)}
    for part, fields in FIELDS.items():
        for field in fields:
            assert {getattr(entry, field) for entry in getattr(book, part)} - {""} <= listed


def test_net_english_is_listed_with_its_chinese(client, book):
    page = text_of(client, "/net-english")
    for item in book.netspeak[::25]:
        assert item.form in page
        assert item.zh in page


@pytest.mark.parametrize(("query", "form", "plain", "zh"), [
    ("ngl", "ngl", "to be honest", "说实话"), ("NGL", "ngl", "to be honest", "说实话"),
    ("fr  fr", "frfr", "seriously", "真的真的"), ("Slay!!", "slay", "amazing", "杀疯了"),
    ("’cause", "'cause", "because", ""), (":)", ":)", "", "😊"),
    ("ate and left no crumbs!", "ate and left no crumbs", "did it perfectly", "无懈可击"),
])
def test_a_search_says_what_net_english_means(client, book, query, form, plain, zh):
    def card(**more):
        page = text_of(client, f"/lookup?{urlencode({'q': query, **more})}")
        return re.search(r'<section class="net-english.*?</section>', page, re.S)[0]

    notes = next(item for item in book.netspeak if item.form == form).notes
    for shown in (card(), card(part="results")):
        for part in (form, plain, zh, notes, 'href="/net-english"'):
            assert part in shown
    client.set_cookie("language", "zh_Hans")
    assert notes not in card()
    (told,) = client.get("/api/lookup", query_string={"q": query}).json["net_english"]
    assert (told["form"], told["plain"], told["zh"]) == (form, plain, zh)


@pytest.mark.parametrize("query", ["收藏", "like button", "shoucang", "ngl what", "s", "?!", "…"])
def test_other_searches_are_no_net_english(client, query):
    assert "net-english stack" not in client.get("/lookup", query_string={"q": query}).text
    assert client.get("/api/lookup", query_string={"q": query}).json["net_english"] == []
