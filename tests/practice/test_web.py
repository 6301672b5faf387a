"""The practice pages through the app's client, without JavaScript."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
from dataclasses import replace
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
from sqlalchemy import func, select

from helper import create_app
from helper.errors import StoreUnavailable
from helper.practice.audio import Voice, audio_name
from helper.practice.exercises import Form
from helper.practice.models import Learner


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no {name} in {page[:2000]}"
    return found[1]


def question(client, parts):
    """Walk to the next question; returns (question, hidden fields)."""
    page = client.get("/practice/session").text
    if 'id="go"' in page:
        link = re.search(r'id="go"[^>]*href="([^"]+)"', page)
        page = client.get(link[1].replace("&amp;", "&")).text
    hidden = {name: field(page, name) for name in ("key", "item", "kind", "seed")}
    asked = parts.practice.question("", hidden["item"], hidden["kind"], int(hidden["seed"]))
    return asked, hidden


def sent(asked, hidden, values):
    if asked.form == Form.TONES:
        return {**hidden, **{f"answer-{n}": value for n, value in enumerate(values)}}
    return {**hidden, "answer": list(values)}


def right(asked):
    return ("3",) if asked.form == Form.SELF else asked.expected


def today(client) -> int:
    return client.get("/api/practice/summary").json["today"]


def test_a_session_without_javascript(client, parts):
    assert client.get("/practice").status_code == 200
    assert client.post("/practice/start", data={"minutes": "5"}).location == "/practice/session"
    seen = set()
    for n in range(30):
        asked, hidden = question(client, parts)
        seen.add(asked.kind)
        known = n % 6 != 5
        data = sent(asked, hidden, right(asked) if known else ("1",) if asked.form == Form.SELF
                    else ())
        answered = client.post("/practice/session", data={**data, "took": "2500"})
        assert answered.status_code == 303
        page = client.get(answered.location).text
        assert f'data-right="{"true" if known else "false"}"' in page
        assert client.post("/practice/session", data=data).location == answered.location
        assert today(client) == n + 1
    assert len(seen) >= 6


def test_undo_and_suspend(client, parts):
    client.post("/practice/start", data={"minutes": "5"})
    asked, hidden = question(client, parts)
    client.post("/practice/session", data=sent(asked, hidden, right(asked)))
    page = client.post("/practice/undo", follow_redirects=True).text
    assert "The last answer is taken back." in page
    assert today(client) == 0
    client.post("/practice/suspend", data={"item": asked.item, "skill": asked.skill.value})
    assert "Cards that never come" in client.get("/practice/progress").text
    client.post("/practice/suspend", data={
        "item": asked.item, "skill": asked.skill.value, "on": "0", "next": "/practice/progress",
    })
    assert "Cards that never come" not in client.get("/practice/progress").text


def test_i_cannot_listen_now(client, parts):
    client.post("/practice/start", data={"minutes": "5"})
    client.post("/practice/quiet")
    for _ in range(10):
        asked, hidden = question(client, parts)
        assert not asked.kind.startswith("listen")
        client.post("/practice/session", data=sent(asked, hidden, right(asked)))


class Forms(HTMLParser):
    """What each form of a page sends: its action, its fields, and its buttons beside them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields, self.buttons, self.ids, self._form = [], [], {}, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "form":
            self._form = len(self.fields)
            self.ids[found.get("id")] = self._form
            self.fields.append({"": found["action"]})
        at = self.ids[found["form"]] if "form" in found else self._form
        if at is not None and tag == "input" and found.get("type") != "checkbox":
            self.fields[at][found["name"]] = found.get("value", "")
        elif at is not None and tag == "button" and "name" in found:
            self.buttons.append((at, found["name"], found["value"]))

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None

    def sending(self, action: str) -> dict[str, str]:
        """The fields of the first form that is sent there."""
        found = next(fields for fields in self.fields if fields[""] == action)
        return {name: value for name, value in found.items() if name}


def test_one_more_stretch_is_as_the_last_was(client, parts, monkeypatch):
    asked = {"minutes": "10", "silent": "1", "situation": "first-hello", "more": "5"}
    client.post("/practice/start", data=asked)
    later = parts.practice.now() + timedelta(minutes=11)
    monkeypatch.setattr(parts.practice, "now", lambda: later)
    page = client.get("/practice/session").text
    assert "Another 10 minutes" in page
    sent = Forms(page).sending("/practice/start")
    assert {name: sent.get(name) for name in asked} == asked


def test_more_phrases_come_each_time_that_one_asks_for_them(app, parts, monkeypatch):
    client = app.test_client()
    client.post("/practice/start", data={"silent": "1"})
    monkeypatch.setattr(parts.practice, "next_question", lambda learner, running: None)
    for wanted in ("5", "10"):
        sent = Forms(client.get("/practice/session").text).sending("/practice/start")
        assert (sent["more"], sent["silent"], sent["minutes"]) == (wanted, "1", "5")
        client.post("/practice/start", data=sent)


def test_a_stretch_with_sound_goes_on_with_sound(client, parts, monkeypatch):
    client.post("/practice/start", data={})
    monkeypatch.setattr(parts.practice, "next_question", lambda learner, running: None)
    assert "silent" not in Forms(client.get("/practice/session").text).sending("/practice/start")


def test_a_situation_is_practised_as_long_and_as_silently_as_chosen(client):
    forms = Forms(client.get("/practice").text)
    starts = [n for n, fields in enumerate(forms.fields) if fields[""] == "/practice/start"]
    chips = {form for form, name, _value in forms.buttons if name == "situation"}
    assert set(starts) == chips
    assert len(starts) == 1


def test_a_database_that_cannot_be_reached(settings):
    app = create_app(replace(settings, database_url="postgresql://me:secret@127.0.0.1:9/x"))
    for page in ("/practice", "/api/practice/summary"):
        answer = app.test_client().get(page)
        assert answer.status_code == 503
        assert "cannot be reached" in answer.text
        assert "secret" not in answer.text


def test_adding_from_anywhere(client):
    assert client.post("/practice/add", data={
        "phrase": "first-hello.everyone", "next": "/phrases/first-hello#x",
    }).location == "/phrases/first-hello#x"
    for evil in ("//evil.example", "https://evil.example", "/\\evil.example"):
        assert client.post("/practice/add", data={
            "hanzi": "加油", "english": "go!", "next": evil,
        }).location == "/practice"
    assert client.post("/practice/add", data={"hanzi": "abc"}).status_code == 400
    assert client.post("/practice/add", data={"phrase": "no.such"}).status_code == 404


def test_adding_a_phrase_of_a_situation_is_told_where_it_stands(app):
    client, id_ = app.test_client(), "first-hello.hi-there"
    details = re.compile(rf'class="phrase" id="{re.escape(id_)}"( open)?>(.*?)</details>', re.S)
    page = client.get("/phrases/first-hello").text
    unfolded, inside = details.search(page).groups()
    assert not unfolded
    assert "In your practice" not in page
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', inside))
    answer = client.post("/practice/add", data={k: unescape(v) for k, v in fields.items()})
    assert answer.location == f"/phrases/first-hello?open={id_}#{id_}"
    page = client.get(answer.location.partition("#")[0]).text
    unfolded, inside = details.search(page).groups()
    assert unfolded
    assert page.count("is in your practice now.") == inside.count("is in your practice now.") == 1
    assert "In your practice" in inside
    assert "Add to practice" not in inside
    assert page.count("Add to practice") > 3
    page = client.get("/phrases/first-hello?open=no.such").text
    assert details.search(page)[1] is None
    assert "In your practice" not in page


def test_phrases_are_there_while_the_store_of_practice_is_not(app, parts, monkeypatch):
    client = app.test_client()
    client.post("/practice/start", data={})

    def away(learner):
        raise StoreUnavailable("The database cannot be reached.")

    monkeypatch.setattr(parts.practice, "practised", away)
    assert client.get("/phrases/first-hello?open=first-hello.everyone").status_code == 200


def pasted(answer) -> str:
    """What stands in the field for the learner's own words."""
    return unescape(re.search(r'id="words"[^>]*>\n(.*?)</textarea>', answer.text, re.S)[1])


def test_a_list_is_added_and_what_is_wrong_with_it_stays_to_be_mended(client):
    answer = client.post("/practice/list", data={"words": "电脑\n猫咪 māo mī kitty"})
    assert answer.location == "/practice"
    assert "2 words are in your practice now." in client.get("/practice").text
    answer = client.post("/practice/list", data={"words": "电脑\nfoo <b>\n龘龘龘龘 dá dá dá dá"})
    assert answer.status_code == 200
    assert "1 word is in your practice now." in answer.text
    assert "These lines were not understood." in answer.text
    assert pasted(answer) == "foo <b>\n龘龘龘龘 dá dá dá dá"
    answer = client.post("/practice/list", data={"words": "foo"})
    assert answer.status_code == 400
    assert "This line was not understood." in answer.text


@pytest.mark.parametrize("text", [
    "\n".join(f"{n} nothing Chinese in it {'x' * 400}" for n in range(40)),
    "\n".join(["电脑"] * 501), " ",
])
def test_a_long_list_is_lost_neither_to_a_cookie_nor_to_a_mistake(client, text):
    answer = client.post("/practice/list", data={"words": text})
    assert answer.status_code == 400
    assert pasted(answer) == text
    assert 'id="words-problem"' in answer.text
    assert all(len(cookie) < 1000 for cookie in answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [A-Z][a-z]{2} \d"),
        ("zh_Hans", r"\d月\d+日周[一二三四五六日]"),
    ],
)
def test_days_are_written_as_the_interface_language_does(client, language, written):
    client.set_cookie("language", language)
    assert re.search(written, client.get("/practice/progress").text)


def test_progress_is_drawn_and_told(client, parts):
    client.post("/practice/start", data={})
    asked, hidden = question(client, parts)
    client.post("/practice/session", data=sent(asked, hidden, right(asked)))
    page = client.get("/practice/progress").text
    assert page.count("<rect") >= 14 + 26 * 7 - 6
    assert page.count("<tr>") > 14
    assert client.get("/api/practice/progress").json["answers"] == 1


def test_settings_file_code_and_deleting(app, client, parts):
    assert client.post("/practice/settings", data={
        "goal": "5", "new_per_day": "3", "zone": "Europe/Paris",
    }).status_code == 303
    assert 'value="Europe/Paris"' in client.get("/practice/settings").text
    for bad in ({"goal": "x"}, {"goal": "0"}, {"zone": "Mars/Olympus"}):
        assert client.post("/practice/settings", data=bad).status_code == 400
    client.post("/practice/settings", data={"goal": "5", "sound": "1"})
    client.post("/practice/start", data={})
    asked, hidden = question(client, parts)
    client.post("/practice/session", data=sent(asked, hidden, right(asked)))
    data = client.get("/practice/my-progress").data
    other = app.test_client()
    page = other.post("/practice/my-progress", data={"file": (io.BytesIO(data), "p")},
                      follow_redirects=True).text
    assert "1 answer added." in page
    assert other.post("/practice/my-progress", data={
        "file": (io.BytesIO(b"junk"), "p"),
    }).status_code == 400
    page = client.post("/practice/code", follow_redirects=True).text
    code = re.search(r'class="code">([^<]+)<', page)[1]
    third = app.test_client()
    assert third.post("/practice/redeem", data={"code": code}).status_code == 303
    assert today(third) == 1
    assert third.post("/practice/redeem", data={"code": code}).status_code == 404
    assert client.post("/practice/delete", data={}).status_code == 400
    assert client.post("/practice/delete", data={"sure": "1"}).status_code == 303
    assert today(client) == 0
    assert today(third) == 0


@pytest.mark.parametrize(("path", "data", "status", "kept"), [
    ("redeem", {"code": "7Q4K-M2XX"}, 404, 'value="7Q4K-M2XX"'),
    ("settings", {"goal": "0", "zone": "Mars/Olympus"}, 400, 'value="Mars/Olympus"'),
    ("my-progress", {}, 400, 'id="file"'),
    ("delete", {}, 400, 'id="delete"'),
])
def test_a_mistake_in_the_settings_is_told_beside_its_form(client, path, data, status, kept):
    answer = client.post(f"/practice/{path}", data=data)
    assert answer.status_code == status
    assert kept in answer.text
    before, _, after = answer.text.partition('id="problem"')
    assert f'action="/practice/{path}"' in (before if path == "settings" else after)
    assert 'id="make-code"' in answer.text
    program = client.post(f"/practice/{path}", data=data, headers={"Accept": "application/json"})
    assert program.mimetype == "application/problem+json"


def test_a_large_progress_file_can_be_loaded_again(settings):
    guarded = create_app(settings).test_client()  # with the check of the token, which reads it all
    token = field(guarded.get("/practice/settings").text, "csrf_token")
    text = guarded.get("/practice/my-progress").data
    words = [
        {"ident": f"own.{n}", "hanzi": "猫" * (n % 50 + 1) + chr(0x4E00 + n), "pinyin": "",
         "english": "cat " * 70, "created_at": "2026-03-01T10:00:00Z"} for n in range(3500)
    ]
    saved = json.dumps({**json.loads(gzip.decompress(text)), "words": words}).encode()
    assert len(saved) > settings.max_body
    answer = guarded.post("/practice/my-progress", data={
        "csrf_token": token, "file": (io.BytesIO(saved), "p"),
    }, follow_redirects=True)
    assert answer.status_code == 200
    assert "0 answers added." in answer.text
    assert "猫" in guarded.get("/practice/print?which=all").text


def test_saving_what_nobody_has_stores_nothing(app, parts):
    with parts.practice.database.reading() as session:
        before = session.scalar(select(func.count()).select_from(Learner))
    assert app.test_client().get("/practice/my-progress").data[:2] == b"\x1f\x8b"
    with parts.practice.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Learner)) == before


def test_deleting_everything_leaves_nothing_behind(app, parts):
    client = app.test_client()
    for n in range(6):
        client.get(f"/practice/tones/second-third?seed=3&right={n}&n={n}&choice=0")
    assert "best:" in client.get("/practice/tones").text
    client.post("/practice/add", data={"hanzi": "我家的三花猫", "english": "my calico"})
    client.get(f"/audio/{audio_name('我家的三花猫')}.wav")
    client.post("/practice/code")
    client.post("/practice/start", data={})
    folder = parts.settings.data_dir / "audio"
    sounds = set(folder.glob("*.wav"))
    answer = client.post("/practice/delete", data={"sure": "1"})
    assert answer.status_code == 303
    assert client.get_cookie("learner") is None
    assert "best:" not in client.get("/practice/tones").text
    assert 'class="code"' not in client.get("/practice/settings").text
    assert client.get("/practice/session").location == "/practice"
    assert client.get(f"/audio/{audio_name('我家的三花猫')}.wav").status_code == 404
    if shutil.which("espeak-ng"):
        assert len(set(folder.glob("*.wav"))) == len(sounds) - 1


def test_a_page_that_cannot_sound_says_why(app, monkeypatch):
    """Without JavaScript, and without a voice on the server."""
    client = app.test_client()
    monkeypatch.setattr(Voice, "available", False)
    for path in ("/practice/tones/second-third", "/practice/try/listen-choose"):
        explained = re.search(r"<noscript>(.*?)</noscript>", client.get(path).text, re.S)[1]
        assert "There is no sound here" in explained


def test_looking_gives_no_cookie_and_practising_does(app):
    client = app.test_client()
    for path in ("/practice", "/practice/progress", "/practice/settings", "/practice/tones",
                 "/practice/try/recall", "/practice/print", "/api/practice/summary",
                 "/api/practice/session"):
        assert client.get(path).status_code == 200
        assert client.get_cookie("learner") is None, path
    client.post("/practice/start", data={})
    begun = client.get_cookie("learner")
    assert begun.max_age > 365 * 24 * 3600
    client.get("/practice")
    assert client.get_cookie("learner").value == begun.value


def test_answers_given_without_a_network_make_a_learner(app):
    client = app.test_client()
    review = {"key": "offline-first", "item": "first-hello.everyone", "kind": "recall", "seed": 1,
              "answer": ["3"]}
    client.post("/api/practice/reviews", json=[review])
    assert client.get_cookie("learner") is not None
    assert client.get("/api/practice/progress").json["answers"] == 1


def test_a_forged_learner_cookie_is_a_newcomer(app):
    client = app.test_client()
    client.set_cookie("learner", '"someone-else".forged')
    assert client.get("/api/practice/summary").json["today"] == 0
    client.set_cookie("learner", "\x00\xff")
    assert client.get("/practice").status_code == 200


def test_exports(client):
    for which in ("mine", "all", "first-hello"):
        assert client.get(f"/practice/export.csv?which={which}").text.startswith("\ufeffid,hanzi")
        assert client.get(f"/practice/export.apkg?which={which}").data[:2] == b"PK"
        assert "sheet-hanzi" in client.get(f"/practice/print?which={which}").text
    assert client.get("/practice/print?which=zz").status_code == 400


def test_the_tone_trainer(client):
    assert client.get("/practice/tones").text.count('class="item"') == 20
    run = {"seed": 3, "right": 0}
    for n in range(6):
        page = client.get("/practice/tones/second-third", query_string={**run, "n": n}).text
        assert "What do you hear?" in page
        page = client.get("/practice/tones/second-third",
                          query_string={**run, "n": n, "choice": 0}).text
        assert "this was played" in page
        run["right"] += "Right!" in page
    assert f"best: {run['right']} of 6" in client.get("/practice/tones").text
    for bad in ("?n=x", "?choice=9", "?seed=-1", "?n=99999999999"):
        assert client.get(f"/practice/tones/second-third{bad}").status_code == 400
    assert client.get("/practice/tones/no-such").status_code == 404


def test_the_servers_voice(client):
    answer = client.get(f"/audio/{audio_name('大家好！')}.wav")
    if answer.status_code == 404:
        pytest.skip("espeak-ng is not installed (Debian: espeak-ng)")
    assert answer.data[:4] == b"RIFF"
    assert client.get("/audio/0123456789.wav").status_code == 404
    assert client.get("/audio/..%2f..%2fetc.wav").status_code == 404


def test_the_api_takes_answers_in_order_and_once(client):
    kept = client.get("/api/practice/session?count=8").json
    reviews = [
        {"key": f"offline-{n:04}", "item": q["item"], "kind": q["kind"], "seed": q["seed"],
         "answer": q["expected"] if q["form"] != "self" else ["3"], "session": kept["session"],
         "answered_at": f"2026-03-01T10:00:{n:02}Z", "duration_ms": 900}
        for n, q in enumerate(kept["questions"])
    ]
    assert len(reviews) == 8
    first = client.post("/api/practice/reviews", json={"reviews": reviews}).json["results"]
    assert all(result["right"] and not result["repeated"] for result in first)
    again = client.post("/api/practice/reviews", json=reviews).json["results"]
    assert all(result["repeated"] for result in again)
    assert [r["due"] for r in again] == [r["due"] for r in first]
    assert client.get("/api/practice/progress").json["answers"] == 8
    lost = client.post("/api/practice/reviews", json=[{**reviews[0], "key": "offline-new",
                                                       "item": "no.such"}]).json["results"]
    assert "error" in lost[0]


@pytest.mark.parametrize("body", [
    b"", b"[", b"{}", b'{"reviews": [1]}', b'[{"key": 1}]', b"\xff", b'"x"',
    b'[{"key":"k","item":"i","kind":"k","seed":1e99}]', b"[" * 100_000,
    b'{"reviews": [{"key": ' + b"[" * 100_000,
])
def test_the_api_refuses_what_it_cannot_read(client, body):
    answer = client.post("/api/practice/reviews", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert client.post("/api/practice/reviews", data=body).status_code == 400


@pytest.mark.parametrize("data", [
    {}, {"key": "abcdefgh"}, {"key": "abcdefgh", "seed": "x"},
    {"key": "abcdefgh", "seed": "1", "item": "a\x00", "kind": "reply"},
    {"key": "abcdefgh", "seed": "1", "item": "first-hello.everyone", "kind": "zz"},
    {"key": "short", "seed": "1", "item": "first-hello.everyone", "kind": "recall"},
    {"key": "abcdefgh", "seed": "9" * 30, "item": "first-hello.everyone", "kind": "recall"},
])
def test_bad_answers_get_a_page_not_a_traceback(client, data):
    assert client.post("/practice/session", data=data).status_code in {400, 404}
    assert client.get("/practice").status_code == 200


@pytest.mark.parametrize("data", [
    {"minutes": "x"}, {"minutes": "-4"}, {"minutes": "9" * 40}, {"minutes": "nan"},
    {"situation": "zz"}, {"more": "1e9"},
])
def test_impossible_sessions_are_refused(client, data):
    assert client.post("/practice/start", data=data).status_code in {400, 404}


def test_pages_are_there_in_chinese_too(app):
    client = app.test_client()
    for path in ("/practice", "/practice/progress", "/practice/tones", "/practice/settings"):
        page = client.get(path, headers={"Accept-Language": "zh-CN"})
        assert page.status_code == 200
        assert 'lang="zh-Hans"' in page.text[:200]


def test_broken_characters_in_an_answer_are_no_fault(client):
    body = (b'[{"key":"surrogate-1","item":"first-hello.everyone","kind":"type-pinyin","seed":1,'
            b'"answer":["ni\\u0000\\u0007 hao\\u200b"]}]')
    answer = client.post("/api/practice/reviews", data=body, content_type="application/json")
    assert answer.status_code == 200
    lone = body.replace(b"\\u0000", b"\\ud800").replace(b"surrogate-1", b"surrogate-2")
    answer = client.post("/api/practice/reviews", data=lone, content_type="application/json")
    assert answer.status_code in {200, 400}


def test_the_browsers_time_zone_is_taken_until_one_is_chosen(client):
    client.post("/practice/start", data={"zone": "Asia/Tokyo"})
    assert 'value="Asia/Tokyo"' in client.get("/practice/settings").text
    client.post("/practice/start", data={"zone": "Europe/Rome"})
    assert 'value="Asia/Tokyo"' in client.get("/practice/settings").text
    assert client.post("/practice/start", data={"zone": "UTC"}).status_code == 303


@pytest.mark.parametrize("zone", ["Etc/Unknown", "Mars/Olympus", "../../etc/passwd", "Asia",
                                  "a\x00b", "x" * 70])
def test_a_time_zone_that_nobody_knows_stops_nobody(app, zone):
    client = app.test_client()
    assert client.post("/practice/start", data={"zone": zone}).location == "/practice/session"
    assert client.get("/practice/session").status_code == 200
    client.post("/practice/start", data={"zone": "Asia/Tokyo"})
    assert 'value="Asia/Tokyo"' in client.get("/practice/settings").text
    assert client.post("/practice/start", data={"zone": zone}).status_code == 303
    assert 'value="Asia/Tokyo"' in client.get("/practice/settings").text


def test_adding_and_undoing_by_the_api(client):
    added = client.post("/api/practice/add", json={"hanzi": "加油站", "english": "petrol station"})
    assert added.json["pinyin"] == "jiā yóu zhàn"
    assert client.post("/api/practice/add", json={"phrase": "first-hello.everyone"}).json[
        "hanzi"] == "大家好！"
    assert client.post("/api/practice/add", json={"phrase": "no.such"}).status_code == 404
    for bad in ([], {"hanzi": 3}, {}, "x"):
        assert client.post("/api/practice/add", json=bad).status_code == 400
    review = {"key": "undo-key-1", "item": "first-hello.everyone", "kind": "recall", "seed": 1,
              "answer": ["3"]}
    client.post("/api/practice/reviews", json=[review])
    assert client.post("/api/practice/undo", json={"key": "another-key"}).json == {"undone": None}
    assert client.post("/api/practice/undo", json={}).json == {"undone": "undo-key-1"}
    assert client.post("/api/practice/undo", data={}).status_code == 400
