"""Practice without a network: kept questions, queued answers, sent later, in order, once."""

from __future__ import annotations

import json

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
