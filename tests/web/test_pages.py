"""Every page in both languages, the API, and what happens to bad input."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

import pytest

from helper.mandarin.script import has_hanzi

PAGES = (
    "/",
    "/lookup",
    "/lookup?q=like",
    "/lookup?q=%F0%9F%98%8A",
    "/entry/note.save",
    "/entry/slang.yyds",
    "/entry/word.%E8%9D%B4%E8%9D%B6",
    "/screen/note",
    "/slang",
    "/hashtags",
    "/guides",
    "/net-english",
    "/phrases",
    "/phrases?q=thanks",
    "/offline",
    "/phrases/first-hello",
    "/compose",
    "/read",
    "/practice",
    "/about",
)


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page(client, path, language):
    client.set_cookie("language", language)
    response = client.get(path)
    assert response.status_code == 200
    html = response.get_data(as_text=True)
    assert ('lang="zh-Hans"' if language == "zh_Hans" else '<html lang="en"') in html
    assert "<h1" in html
    assert 'style="' not in html  # the content security policy forbids it


def test_every_entry_has_its_page(client, parts):
    for entry in parts.index.entries[::25]:
        response = client.get(f"/entry/{entry.id}")
        assert response.status_code == 200, entry.id


def test_every_entry_that_offers_to_be_practised_can_be(client, parts):
    """Also those that are letters, digits or faces: what they stand for is practised."""
    offered = {}
    for entry in parts.index.entries:
        if not has_hanzi(entry.hanzi) or entry in parts.index.entries[::40]:
            page = client.get(f"/entry/{entry.id}").text
            found = {name: unescape(value) for name, value in re.findall(
                r'type="hidden" name="(hanzi|pinyin|english)" value="([^"]*)"', page
            )}
            assert ("Add to practice" in page) == bool(found), entry.id
            if found:
                offered[entry.id] = found
    assert offered["slang.yyds"]["hanzi"] == "永远的神"
    assert "slang.mbti" not in offered
    assert len(offered) > 90
    for id_, fields in offered.items():
        assert client.post("/practice/add", data=fields).status_code == 303, id_


def test_the_hanzi_in_the_practice_grid_can_be_read_aloud(client):
    page = client.get("/entry/note.save").text
    grid = re.search(r'<p class="tianzi[^>]*>(.*?)</p>', page, re.S)[1]
    heard = re.sub(r'<(\w+)[^>]*aria-hidden="true".*?</\1>', "", grid)
    assert re.sub("<[^>]*>", "", heard).strip() == "收藏"


def test_every_guide_links_its_labels(client, book):
    for howto in book.howtos:
        html = client.get(f"/entry/{howto.id}").get_data(as_text=True)
        for step in howto.steps:
            if step.term:
                assert f"/entry/{step.term}" in html


def test_the_browsers_language_is_followed_and_the_switch_wins(client):
    html = client.get("/", headers={"Accept-Language": "zh-CN,zh;q=0.9"}).get_data(as_text=True)
    assert '<html lang="zh-Hans"' in html
    response = client.post("/language", data={"language": "en", "next": "/about"})
    assert response.status_code == 303
    assert response.location == "/about"
    html = client.get("/", headers={"Accept-Language": "zh-CN"}).get_data(as_text=True)
    assert '<html lang="en"' in html


@pytest.mark.parametrize("target", [
    "//evil.example", "https://evil.example", "/\\evil.example", "", "/\t/evil.example", "/\n/x",
    "/\r\nSet-Cookie: a=b", "\t//evil.example", "/\x00/evil.example", "/\x85/evil.example",
    "///evil.example", "//[", "/no/such/page", "/language", "about", "/about\\..\\x", "//",
    "///about", "/.//evil.example",
])
def test_the_switch_never_leaves_the_app(client, target):
    for path, start in (("/language", "/"), ("/practice/add", "/practice")):
        answer = client.post(path, data={
            "language": "en", "phrase": "first-hello.everyone", "next": target,
        })
        assert answer.location == start, path


@pytest.mark.parametrize("target", [
    "/about", "/phrases/first-hello?open=first-hello.everyone#first-hello.everyone",
    "/lookup?q=%E6%94%B6", "/entry/word.蝴蝶", "/entry/word.%E8%9D%B4%E8%9D%B6", "/screens/",
    "/entry/slang.no such",
])
def test_the_switch_leads_back_to_any_page(client, target):
    answer = client.post("/language", data={"language": "en", "next": target})
    assert unquote(answer.location) == unquote(target)


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/read", "/read"),
        ("/compose", "/compose"),
        ("/compose/revise", "/compose"),
        ("/practice/list", "/practice"),
        ("/practice/my-progress", "/practice"),
        ("/language/", "/"),
    ],
)
def test_the_switch_leads_from_an_answered_form_to_a_page(client, path, page):
    html = client.post(path, data={"text": " "}).get_data(as_text=True)
    assert re.search(r'name="next" value="([^"]*)"', html)[1] == page
    assert client.get(page).status_code == 200


def test_static_files_are_asked_for_anew(client):
    """Or the scripts of two versions would meet in one page."""
    answer = client.get("/static/js/copy.js")
    assert answer.cache_control.no_cache
    assert not answer.cache_control.max_age
    again = client.get("/static/js/copy.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_results_as_one_types_name_the_place_in_the_interface_language(client, book):
    def says(language):
        client.set_cookie("language", language)
        return json.loads(unescape(
            re.search(r'data-says="([^"]*)"', client.get("/lookup").text)[1]
        ))["places"]

    assert says("en") == {}
    places = says("zh_Hans")
    for group in (*book.screens, *book.situations):
        assert places[group.title] == group.title_zh


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_the_privacy_page_leads_to_where_everything_is_deleted(client, language):
    client.set_cookie("language", language)
    link = re.search(r'href="(/practice/settings#(\w+))"', client.get("/about").text)
    page = client.get(link[1]).text
    section = re.search(rf'<section[^>]*aria-labelledby="{link[2]}">.*?</section>', page, re.S)[0]
    assert 'action="/practice/delete"' in section


def test_no_heading_is_skipped(client):
    levels = [int(level) for level in re.findall(r"<h(\d)", client.get("/phrases").text)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_pinyin_is_real_ruby(client):
    html = client.get("/phrases/first-hello").get_data(as_text=True)
    assert "<ruby" in html
    assert "<rt>" in html


def test_reading(client):
    html = client.post("/read", data={"text": "你好，yyds！"}).get_data(as_text=True)
    assert "nǐ" in html
    assert "/entry/slang.yyds" in html


@pytest.mark.parametrize("page", ["/read", "/compose"])
def test_a_mistake_keeps_the_text(client, page):
    response = client.post(page, data={"text": "x" * 6000})
    assert response.status_code == 413
    html = response.get_data(as_text=True)
    assert "x" * 6000 in html
    response = client.post(page, data={"text": " "})
    assert response.status_code == 400


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nope", 404),
        ("/entry/nope", 404),
        ("/entry/word.%E0%B8%81", 404),
        ("/screen/x", 404),
        ("/phrases/x", 404),
        ("/entry/%00%ff", 404),
    ],
)
def test_unknown_pages(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert "Traceback" not in response.get_data(as_text=True)
    assert "<h1" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("get", "/api/lookup", None, 400),
        ("get", "/api/lookup?q=x&limit=-1", None, 400),
        ("get", "/api/lookup?q=x&limit=z", None, 400),
        ("get", "/api/nope", None, 404),
        ("post", "/api/translate", {"text": ""}, 400),
        ("post", "/api/translate", {"text": 5}, 400),
        ("post", "/api/translate", {"text": "hi", "to": "xx"}, 400),
        ("post", "/api/translate", {"text": "x" * 5001}, 413),
        ("post", "/api/translate", ["hi"], 400),
        ("post", "/api/read", {"text": "\ud800"}, 400),
        ("post", "/translate", {"q": None}, 400),
        ("post", "/translate", {"q": ["a"] * 65}, 400),
        ("put", "/translate", {}, 405),
    ],
)
def test_api_problems(client, method, path, body, status):
    response = getattr(client, method)(
        path, data=json.dumps(body) if body is not None else None, content_type="application/json"
    )
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    problem = response.get_json()
    assert problem["status"] == status
    assert problem["detail"].endswith((".", "”."))


def test_a_body_that_is_too_large(client):
    response = client.post("/api/translate", data=b"x" * 10_000_000)
    assert response.status_code == 413
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("body", [
    b"{", b"[" * 100_000, b'{"text": ' * 5_000, b'{"text": "hi", "alternatives": 1e999}',
    b'{"text": "hi", "alternatives": -1e999}', b'{"text": "hi", "alternatives": NaN}',
    b'{"text": "hi", "alternatives": 1.5}', b'{"text": "hi", "alternatives": [1]}',
    b'{"text": "hi", "alternatives": ' + b"9" * 5000 + b"}",
])
def test_broken_json(client, body):
    for path in ("/api/translate", "/translate"):
        sent = body.replace(b'"text"', b'"q"') if path == "/translate" else body
        response = client.post(path, data=sent, content_type="application/json")
        assert response.status_code == 400, path
        assert response.mimetype == "application/problem+json"


def test_api_lookup(client):
    data = client.get("/api/lookup?q=shoucang&limit=3").get_json()
    assert data["results"][0]["hanzi"] == "收藏"
    assert {"id", "kind", "hanzi", "pinyin", "english", "screen", "matched"} <= set(
        data["results"][0]
    )
    assert len(data["results"]) <= 3


def test_api_translate_and_read(client):
    data = client.post("/api/translate", json={"text": "Hello! 😊", "to": "zh"}).get_json()
    assert data["translation"].startswith("你好")
    assert data["translation"].endswith("😊")
    assert client.post("/api/read", json={"text": "你好"}).get_json()["words"]


def test_api_phrases(client, book):
    assert len(client.get("/api/phrases").get_json()["results"]) == len(book.phrases)


def test_libretranslate_clients_work(client):
    data = client.post(
        "/translate", data={"q": "Hello!", "source": "en", "target": "zh"}
    ).get_json()
    assert data["translatedText"].startswith("你好")
    data = client.post(
        "/translate",
        json={
            "q": ["Hello!", "Good night!"],
            "source": "auto",
            "target": "zh-Hans",
            "alternatives": 2,
        },
    ).get_json()
    assert len(data["translatedText"]) == len(data["alternatives"]) == 2
    assert data["detectedLanguage"][0]["language"] == "en"
    assert client.post("/detect", data={"q": "你好"}).get_json()[0]["language"] == "zh"
    assert {item["code"] for item in client.get("/languages").get_json()} == {"en", "zh"}


def test_security_headers(client):
    headers = client.get("/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_forms_need_their_token(settings):
    from helper import create_app

    guarded = create_app(settings).test_client()
    assert guarded.post("/practice/start", data={}).status_code == 400
    assert guarded.post("/practice/list", data={"words": "猫"}).status_code == 400
    assert guarded.post("/api/read", json={"text": "你好"}).status_code == 200


def test_a_text_is_not_lost_to_an_old_session(settings):
    from helper import create_app

    guarded = create_app(settings).test_client()
    for path in ("/read", "/compose", "/compose/stream", "/compose/revise"):
        assert guarded.post(path, data={"text": "Good night, 晚安!"}).status_code == 200, path


def test_the_rate_limit_answers_clearly(data_dir):
    from helper import create_app
    from helper.settings import Settings

    limited = create_app(Settings(data_dir=data_dir, rate_limit="2 per minute")).test_client()
    statuses = [limited.get("/api/translate?text=hello").status_code for _ in range(4)]
    assert statuses == [200, 200, 429, 429]


def test_a_fault_is_logged_without_the_text(app, client, caplog, monkeypatch):
    def broken(*arguments, **named):
        raise RuntimeError("secret words of the user")

    monkeypatch.setattr(app.extensions["helper"].reader, "explain", broken)
    response = client.post("/api/read", json={"text": "secret words of the user"})
    assert response.status_code == 500
    assert "secret" not in caplog.text + response.get_data(as_text=True)
    assert "RuntimeError" in caplog.text


def test_offline_files(client):
    manifest = client.get("/manifest.webmanifest").get_json()
    assert all(client.get(icon["src"]).status_code == 200 for icon in manifest["icons"])
    worker = client.get("/sw.js")
    assert worker.headers["Service-Worker-Allowed"] == "/"
    source = worker.get_data(as_text=True)
    assert "rednote-helper-dev" not in source
    assert "/static/js/practice.js" in source


def test_every_line_of_a_situation_can_be_heard(client):
    """With espeak-ng on the server, also where the browser has no Chinese voice."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("no espeak-ng here")
    html = client.get("/phrases/first-hello").get_data(as_text=True)
    urls = set(re.findall(r'data-audio="([^"]*)"', html))
    assert len(urls) > 20
    for url in sorted(urls)[:3]:
        assert client.get(url).mimetype in {"audio/wav", "audio/x-wav"}
