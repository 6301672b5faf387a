"""The composer's pages without a browser: everything works without JavaScript."""

from __future__ import annotations

import html
import json
import re

import pytest
from werkzeug.datastructures import MultiDict

_FIELD = re.compile(
    r'<input type="hidden" name="(\w+)" value="([^"]*)">'
    r'|<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</textarea>'
    r'|<input type="checkbox" name="(tag)" value="([^"]*)" checked>'
    r'|<input type="radio" name="(layout)" value="([^"]*)" checked>', re.DOTALL,
)


def fields(page: str) -> MultiDict:
    """What a browser would send of the result form."""
    form = page[page.index('id="post-form"'):]
    found = MultiDict()
    for match in _FIELD.finditer(form):
        pair = [group for group in match.groups() if group is not None]
        found.add(pair[0], html.unescape(pair[1]))
    return found


def body_of(page: str) -> str:
    return html.unescape(re.search(r'id="post-body"[^>]*>([^<]*)<', page)[1])


def events(text: str) -> list[tuple[str, dict]]:
    return [
        (block.split("\n")[0].removeprefix("event: "),
         json.loads(block.split("\n")[1].removeprefix("data: ")))
        for block in text.strip().split("\n\n")
    ]


@pytest.fixture(scope="module")
def composed(app):
    answer = app.test_client().post(
        "/compose", data={"title": "Hello", "text": "I have 3 cats.\n\nGood night! #cats"}
    )
    assert answer.status_code == 200
    return answer.text


def test_page_takes_a_draft_from_its_address(client):
    page = client.get("/compose?text=Hi%20there&title=Yo").text
    assert ">Hi there</textarea>" in page
    assert 'value="Yo"' in page


def test_post_has_tags_counts_and_ruby(composed):
    assert body_of(composed).endswith("\n\n#猫")
    assert "<rt>" in composed
    assert re.search(r"\d+ / 1000", composed)


def test_nothing_is_said_on_the_page(client):
    answer = client.post("/compose", data={"text": " "})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_a_wording_is_picked_and_the_rest_stays(client, composed):
    data = fields(composed)
    data["do"] = "pick 1 我养了三只猫。"
    page = client.post("/compose/revise", data=data).text
    assert body_of(page).startswith("我养了三只猫。\n\n")
    assert "Your wording" in page


def test_changed_english_is_translated_again(client, composed):
    data = fields(composed)
    english = data.getlist("english")
    english[1] = "I have 7 dogs."
    data.setlist("english", english)
    page = client.post("/compose/revise", data=data).text
    assert "7" in body_of(page) or "七" in body_of(page)


def test_layout_and_tags_follow_the_form(client, composed):
    data = fields(composed)
    data["layout"] = "lines"
    data.setlist("tag", ["#晚安"])
    page = client.post("/compose/revise", data=data).text
    assert "\nI have 3 cats.\n" in body_of(page)
    assert body_of(page).endswith("#晚安")
    assert 'value="#猫"><span' in page  # still offered


def test_programs_get_only_what_changed(client, composed):
    data = fields(composed)
    data["do"] = "pick 1 我有5只猫。"
    answer = client.post("/compose/revise", data=data, headers={"Accept": "application/json"})
    assert list(answer.json["cards"]) == ["1"]
    assert "Check this one" in answer.json["cards"]["1"]
    assert "我有5只猫。" in answer.json["post"]


def test_broken_forms_are_refused(client, composed):
    data = fields(composed)
    data.setlist("source", data.getlist("source")[:-1])
    assert client.post("/compose/revise", data=data).status_code == 400


def test_stream_ends_with_the_post(client):
    answer = client.post("/compose/stream", data={"text": "Good morning!\nGood night!"})
    assert answer.mimetype == "text/event-stream"
    found = events(answer.text)
    assert [name for name, _ in found] == ["sentence", "sentence", "sentence", "post"]
    assert found[-2][1]["number"] == found[-2][1]["total"] == 3


def test_stream_of_nothing_is_a_problem(client):
    answer = client.post("/compose/stream", data={"text": ""},
                         headers={"Accept": "text/event-stream, application/json"})
    assert answer.status_code == 400
    assert answer.json["detail"]


def test_a_reader_that_goes_away_stops_the_work(app, batches):
    text = " ".join(f"The painter sold {n} small boats." for n in range(20, 60))
    answer = app.test_client().post("/compose/stream", data={"text": text}, buffered=False)
    pieces = iter(answer.response)
    next(pieces)
    next(pieces)
    answer.close()
    assert 0 < sum(map(len, batches)) <= 12
    assert next(pieces, None) is None


def form_of(sentences, **last) -> MultiDict:
    """The result form of a post whose sentences have not been translated yet."""
    rows = [{
        "part": "body", "source": english, "english": english, "was": "", "chinese": "",
        "before": "", "after": " ", "edited": "",
    } for english in sentences]
    rows[-1] |= last
    return MultiDict([("text", "x"), *(pair for row in rows for pair in row.items())])


def test_a_whole_page_is_one_batch_each_way(client, batches):
    sentences = [f"The painter sold {n} small boats." for n in range(20, 25)]
    answer = client.post("/compose/revise", data=form_of(sentences))
    assert answer.text.count('class="sentence-zh"') == len(sentences)
    assert batches[0] == sentences
    assert len(batches[-1]) >= len(sentences)


@pytest.mark.parametrize("last", [{}, {"english": "b " * 4000}, {"chinese": "好" * 6000}])
def test_too_long_a_form_is_refused_before_any_work(client, batches, translator, last):
    each = "" if last else "a " * (translator.max_chars // 5)
    answer = client.post("/compose/revise", data=form_of([f"Hello {each}"] * 4, **last))
    assert answer.status_code == 413
    assert batches == []


def test_a_number_that_is_none_changes_nothing(client, composed):
    data = fields(composed)
    data["do"] = "pick ² 我有猫。"
    answer = client.post("/compose/revise", data=data, headers={"Accept": "application/json"})
    assert answer.json["cards"] == {}


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_starters_in_both_languages(client, language):
    client.set_cookie("language", language)
    gallery = client.get("/compose/starters").text
    assert gallery.count('class="starter"') >= 30
    page = client.get("/compose/starters/starter.first-post?name=Zoe").text
    assert "Zoe" in page
    part = client.get("/compose/starters/starter.first-post?name=Zoe&part=result").text
    assert "<html" not in part


def test_unknown_starter_is_not_found(client):
    assert client.get("/compose/starters/nothing").status_code == 404


def test_api(client):
    post = client.post("/api/compose", json={"text": "Good morning! #cats", "layout": "lines"})
    assert post.json["tags"] == ["#猫"]
    check = client.post("/api/compose/check", json={"text": "加微信"})
    assert check.json["rules"]
    one = client.post("/api/compose/sentence",
                      json={"english": "I have 3 cats.", "chinese": "我有5只猫。"})
    assert one.json["flagged"]
    assert client.get("/api/compose/starters").json["starters"]
    filled = client.get("/api/compose/starters/starter.first-post?place=Chicago")
    assert "芝加哥" in filled.json["text"]


@pytest.mark.parametrize(("language", "said"), [("en", "5 miles: about 8 km"),
                                                ("zh_Hans", "5 miles：约8公里")])
def test_hints_speak_the_language_of_the_page(client, language, said):
    client.set_cookie("language", language)
    assert said in client.post("/compose", data={"text": "I walked 5 miles today."}).text


def test_nothing_inline(composed):
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)", composed)
