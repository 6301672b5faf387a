"""Practice without a network: kept questions, queued answers, sent later, in order, once."""

from __future__ import annotations

import json

import pytest
from selenium.webdriver.common.by import By

from tests.browser.test_practice_session import click, kind_of, wait_for
from tests.browser.waiting import Wait

_KINDS = ("new", "outcome", "done", "choose-meaning", "choose-hanzi", "listen-choose",
          "type-pinyin", "fill-word", "word-order", "listen-tones", "say-it", "recall", "reply")


def network(browser, on: bool) -> None:
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", {
        "offline": not on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
    })


def api(browser, path):
    return json.loads(browser.execute_async_script(
        "const done = arguments[1]; fetch(arguments[0]).then(r => r.text()).then(done)", path
    ))


def queue(browser) -> list:
    return browser.execute_async_script(
        "const done = arguments[0]; import('/static/js/practice-store.js')"
        ".then(store => store.queued()).then(all => done(all.map(one => one.review)))"
    )


def test_offline_then_sync(browser, live_url):
    browser.get(f"{live_url}/practice")
    Wait(browser, 30).until(
        lambda b: "Ready for practising" in b.find_element(By.ID, "stage").text
    )
    before = api(browser, "/api/practice/summary")["today"]
    network(browser, False)
    try:
        browser.get(f"{live_url}/practice")
        Wait(browser, 20).until(
            lambda b: "No network" in b.find_element(By.ID, "stage").text
        )
        click(browser, "#start")
        answered = 0
        while answered < 5:
            kind = wait_for(browser, *_KINDS)
            assert browser.find_elements(By.CSS_SELECTOR, "[data-offline]")
            if kind == "new":
                click(browser, "#go")
                Wait(browser, 10).until(lambda b: kind_of(b) != "new")
                continue
            if kind in {"say-it", "recall"}:
                click(browser, "article > button")
                click(browser, ".ratings button:nth-child(3)")
            elif answered % 2 and browser.find_elements(By.CSS_SELECTOR, ".options button"):
                click(browser, ".options button")
            else:
                click(browser, "article > button.quiet")
            wait_for(browser, "outcome")
            answered += 1
            click(browser, "#next")
            Wait(browser, 10).until(lambda b: kind_of(b) != "outcome")
        waiting = queue(browser)
        assert len(waiting) == 5
        assert [r["answered_at"] for r in waiting] == sorted(r["answered_at"] for r in waiting)
    finally:
        network(browser, True)
    browser.get(f"{live_url}/practice")
    Wait(browser, 30).until(lambda b: queue(b) == [])
    assert api(browser, "/api/practice/summary")["today"] == before + 5
    # the same answers sent again, as after a lost reply, change nothing
    repeated = browser.execute_async_script(
        "const done = arguments[1]; fetch('/api/practice/reviews', {method: 'POST', headers:"
        " {'Content-Type': 'application/json'}, body: JSON.stringify({reviews: arguments[0]})})"
        ".then(r => r.json()).then(body => done(body.results.map(one => one.repeated)))", waiting
    )
    assert repeated == [True] * 5
    assert api(browser, "/api/practice/summary")["today"] == before + 5


def test_an_answer_that_meets_no_network_is_kept_and_sent_later(browser, live_url):
    browser.get(f"{live_url}/practice")
    Wait(browser, 30).until(
        lambda b: "Ready for practising" in b.find_element(By.ID, "stage").text
    )
    browser.get(f"{live_url}/practice/try/choose-meaning")
    before = api(browser, "/api/practice/summary")["today"]
    key = browser.find_element(By.NAME, "key").get_attribute("value")
    network(browser, False)
    try:
        click(browser, "button.option")
        Wait(browser, 20).until(lambda b: b.current_url == f"{live_url}/practice")
        Wait(browser, 20).until(
            lambda b: "1 answers wait to be sent" in b.find_element(By.ID, "stage").text
        )
        assert [review["key"] for review in queue(browser)] == [key]
    finally:
        network(browser, True)
    browser.get(f"{live_url}/practice")
    Wait(browser, 30).until(lambda b: queue(b) == [])
    assert api(browser, "/api/practice/summary")["today"] == before + 1


# The next `times` forms that are sent get this answer instead of the server's.
_FORMS_FAIL = """
const [status, body, times] = arguments, real = window.fetch;
window.failed = 0;
window.fetch = async (url, options) => {
  if (options?.method !== "POST" || window.failed >= times) return real(url, options);
  window.failed += 1;
  return new Response(body, { status });
};
"""


@pytest.mark.parametrize("status", [429, 500, 502])
def test_an_answer_that_the_server_fails_on_is_kept_and_sent_later(browser, live_url, status):
    browser.get(f"{live_url}/practice/try/choose-meaning")
    before = api(browser, "/api/practice/summary")["today"]
    browser.execute_script(_FORMS_FAIL, status, "<main id='main'><h1>Our mistake</h1></main>", 99)
    click(browser, "button.option")
    Wait(browser, 30).until(lambda b: b.current_url == f"{live_url}/practice")
    Wait(browser, 30).until(
        lambda b: api(b, "/api/practice/summary")["today"] == before + 1 and queue(b) == []
    )


def test_an_answer_that_the_server_fails_on_once_is_sent_again(browser, live_url):
    browser.get(f"{live_url}/practice/try/choose-meaning")
    browser.execute_script(_FORMS_FAIL, 502, "<h1>Bad gateway</h1>", 1)
    click(browser, "button.option")
    wait_for(browser, "outcome")
    assert browser.execute_script("return failed") == 1
    assert queue(browser) == []


def _refuse(browser):
    """Every form of the page is one that the server refuses."""
    browser.execute_script(
        "for (const field of document.querySelectorAll('[name=csrf_token]')) field.value = 'x';"
    )


def test_what_the_server_refuses_is_told_in_its_own_words(browser, live_url):
    browser.get(f"{live_url}/practice/try/choose-meaning")
    _refuse(browser)
    click(browser, "button.option")
    Wait(browser, 20).until(lambda b: "open for too long" in b.find_element(By.ID, "stage").text)
    assert browser.current_url.endswith("/practice/try/choose-meaning")
    assert queue(browser) == []


@pytest.mark.parametrize("button", ["#undo", "#suspend"])
@pytest.mark.parametrize("status", [400, 500])
def test_a_change_that_fails_says_so(browser, live_url, button, status):
    browser.get(f"{live_url}/practice/try/choose-meaning")
    click(browser, "button.option")
    wait_for(browser, "outcome")
    address = browser.current_url
    browser.execute_script(_FORMS_FAIL, status, "<main id='main'><h1>Not so</h1></main>", 99)
    click(browser, button)
    Wait(browser, 20).until(lambda b: b.find_element(By.ID, "stage").text == "Not so")
    assert browser.current_url == address


# Whether the server is there stays unknown on the next page: until goOn(), if that ever comes.
_UNKNOWN = """
const real = window.fetch, wait = new Promise((go) => (window.goOn = go));
window.fetch = async (url, options) => {
  if (String(url).endsWith("/api/practice/summary")) await wait;
  return real(url, options);
};
"""


@pytest.mark.parametrize("answers", [True, False])
def test_starting_before_it_is_known_whether_the_server_is_there(browser, live_url, answers):
    browser.get(f"{live_url}/practice")
    Wait(browser, 30).until(
        lambda b: "Ready for practising" in b.find_element(By.ID, "stage").text
    )
    script = browser.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": _UNKNOWN})
    try:
        browser.get(f"{live_url}/practice")
        click(browser, "#start")
        assert not kind_of(browser)
        if answers:
            browser.execute_script("goOn()")
        wait_for(browser, *_KINDS)
        assert browser.current_url.endswith("/practice/session") == answers
        assert bool(browser.find_elements(By.CSS_SELECTOR, "[data-offline]")) != answers
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


def test_deleting_everything_empties_the_device(browser, live_url):
    browser.get(f"{live_url}/practice")
    Wait(browser, 30).until(
        lambda b: "Ready for practising" in b.find_element(By.ID, "stage").text
    )
    kept = (
        "const done = arguments[0]; import('/static/js/practice-store.js')"
        ".then(store => store.keptSession()).then(kept => done(Boolean(kept)))"
    )
    assert browser.execute_async_script(kept)
    browser.get(f"{live_url}/practice/settings")
    assert browser.execute_async_script(kept)
    click(browser, "input[name='sure']")
    click(browser, "#delete")
    Wait(browser, 20).until(
        lambda b: "Everything about you is deleted." in b.find_element(By.ID, "stage").text
    )
    assert queue(browser) == []


def test_what_is_kept_is_named_and_leaves_the_focus(browser, live_url):
    about = {"hanzi": "你好", "pinyin": "nǐ hǎo", "english": "hello"}
    tiles = [{"value": value, "hanzi": value} for value in "你好"]
    questions = [
        {"item": "x", "kind": "type-pinyin", "form": "typed", "seed": 1, "instruction": "Type it",
         "audio": "你好", "expected": ["ni hao"], "about": about},
        {"item": "x", "kind": "word-order", "form": "order", "seed": 1, "instruction": "Order it",
         "options": tiles, "expected": ["你", "好"], "about": about},
    ]
    browser.get(f"{live_url}/practice")
    Wait(browser, 30).until(
        lambda b: "Ready for practising" in b.find_element(By.ID, "stage").text
    )
    browser.execute_async_script(
        "const [questions, done] = arguments; import('/static/js/practice-store.js')"
        ".then((store) => store.keepSession({ session: 's', questions })).then(done)", questions,
    )
    network(browser, False)
    try:
        browser.get(f"{live_url}/practice")
        Wait(browser, 20).until(lambda b: "No network" in b.find_element(By.ID, "stage").text)
        click(browser, "#start")
        wait_for(browser, "type-pinyin")
        assert browser.find_element(By.ID, "typed").accessible_name == "Pinyin"
        sound = browser.find_element(By.CSS_SELECTOR, "[data-say]")
        assert sound.get_attribute("aria-label") == "Play"
        click(browser, "article > button.quiet")
        wait_for(browser, "outcome")
        assert browser.find_element(By.CSS_SELECTOR, "[data-say]").get_attribute(
            "aria-label") == "Play"
        click(browser, "#next")
        wait_for(browser, "word-order")
        tile = browser.find_element(By.CSS_SELECTOR, ".tile")
        tile.click()
        assert browser.switch_to.active_element == tile
    finally:
        network(browser, True)
