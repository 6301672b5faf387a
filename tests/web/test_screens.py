"""Drawn screens: what is drawn is in the glossary, and the list says what the drawing says."""

from __future__ import annotations

import gzip
import re

import pytest

from helper.lookup.compact import derived
from phrasebook.loader import phrasebook

DRAWN = [drawing.id for drawing in phrasebook().drawings]
_IN_DRAWING = re.compile(r'<a class="lab [^"]*" id="([^"]+)" href="(/entry/[^"]+)" tabindex="-1">')
_IN_LIST = re.compile(r'<a href="(/entry/[^"]+)" data-shows="([^"]+)">')


def test_the_eleven_most_used_screens_are_drawn():
    assert DRAWN == [
        "home", "note", "comments", "post-editor", "publish-options", "profile", "edit-profile",
        "messages", "search-results", "settings", "live",
    ]


@pytest.mark.parametrize("id_", DRAWN)
def test_the_list_is_the_drawing_in_the_same_order(client, book, id_):
    page = client.get(f"/screens/{id_}").text
    drawn, listed = _IN_DRAWING.findall(page), _IN_LIST.findall(page)
    assert drawn == [(term, url) for url, term in listed]
    assert len(drawn) >= 14
    drawing = next(d for d in book.drawings if d.id == id_)
    assert [term for term, _ in drawn] == [mark.term for mark in drawing.labels()]


@pytest.mark.parametrize("id_", DRAWN)
def test_every_label_leads_to_its_entry_and_back(client, id_):
    for term, url in _IN_DRAWING.findall(client.get(f"/screens/{id_}").text)[:4]:
        entry = client.get(url)
        assert entry.status_code == 200
        assert f"/screens/{id_}?show=both#{term}" in entry.text.replace("&amp;", "&")


@pytest.mark.parametrize("id_", DRAWN)
def test_every_icon_is_in_the_sprite(client, id_):
    page = client.get(f"/screens/{id_}").text
    used = set(re.findall(r'href="#i-([\w-]+)"', page))
    assert used <= set(re.findall(r'<symbol id="i-([\w-]+)"', page))


def test_the_switch_works_by_the_query_string_alone(client):
    page = client.get("/screens/note?show=en").text
    assert 'value="en" checked' in page
    assert 'data-show="en"' in page
    assert "show=en" in re.search(r'href="(/screens/live[^"]*)"', page)[1]
    assert 'value="zh" checked' in client.get("/screens/note?show=klingon").text


def test_the_print_page_has_every_screen_once(client):
    page = client.get("/screens/print").text
    assert re.findall(r'id="sheet-([\w-]+)"', page) == DRAWN
    assert len(re.findall('<section class="sheet"', page)) == len(DRAWN)


def test_an_unknown_screen_says_so(client):
    assert client.get("/screens/nowhere").status_code == 404


def test_browsing_leads_to_the_drawn_screens(client):
    assert 'href="/screens/"' in client.get("/lookup").text
    assert client.get("/screens/").text.count('class="thumb"') == len(DRAWN)


def test_the_page_index_is_small_and_says_all(client, parts):
    ids = set()
    for name in ("index", "index-phrases"):
        sent = client.get(f"/{name}.json", headers={"Accept-Encoding": "gzip"})
        assert sent.headers["Content-Encoding"] == "gzip"
        assert len(sent.data) < 120 * 1024
        plain = client.get(f"/{name}.json", headers={"Accept-Encoding": "identity"})
        assert gzip.decompress(sent.data) == plain.data
        readings = dict(zip(plain.json["chars"], plain.json["readings"].split(" "), strict=True))
        for _kind, prefix, _place, _order, *columns in plain.json["groups"]:
            lines = [column.split("\n") for column in columns]
            assert len({len(column) for column in lines}) == 1
            for id_, hanzi, pinyin, english, names in zip(*lines, strict=True):
                entry = parts.index.by_id[prefix + id_]
                ids.add(entry.id)
                assert (hanzi, english) == (entry.hanzi, entry.english)
                assert (pinyin or derived(hanzi, readings)) == entry.pinyin
                assert tuple(filter(None, names.split("\t"))) == entry.names[1:]
    assert ids == set(parts.index.by_id)


def test_the_page_index_is_kept_for_its_version_only(client):
    url = re.search(r'data-index="(\S+) ', client.get("/lookup").text)[1]
    assert "immutable" in client.get(url).headers["Cache-Control"]
    assert client.get("/index.json?v=old").headers["Cache-Control"] == "no-cache"
