"""The practice pages through the app's client, without JavaScript."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest

from helper import create_app
from helper.practice.audio import audio_name
from helper.practice.exercises import Form


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
    page = client.post("/practice/list", data={"words": "电脑\nfoo"}, follow_redirects=True).text
    assert "1 word is in your practice now." in page
    assert "Not understood: foo" in page
    assert client.post("/practice/add", data={"hanzi": "abc"}).status_code == 400
    assert client.post("/practice/add", data={"phrase": "no.such"}).status_code == 404


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
    b'[{"key":"k","item":"i","kind":"k","seed":1e99}]',
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
