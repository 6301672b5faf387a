"""Composing in a real browser: streaming, cancelling, picking, editing, copying, remembering."""

from __future__ import annotations

import json

import pytest
from selenium.webdriver.common.by import By

from tests.browser.waiting import Wait

DRAFT = "Hi everyone!\nI have 3 cats and 2 dogs at home. #cats"
LONG = " ".join(
    f"On day {n} the old gardener carried {n + 20} small baskets of plums to the lake."
    for n in range(2, 42)
)


def wait(browser, condition, seconds=60):
    return Wait(browser, seconds, 0.1).until(condition)


def write(browser, text, title=""):
    field = browser.find_element(By.ID, "text")
    browser.execute_script(
        "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input'));",
        field, text,
    )
    browser.find_element(By.ID, "title").send_keys(title)
    tap(browser.find_element(By.CSS_SELECTOR, "#draft .button.primary"))


def tap(element):
    """Click as a person would, who first scrolls it clear of the bar at the bottom."""
    element.parent.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    element.click()


def ready(browser):
    """The post is there and nothing is under way."""
    return browser.execute_script(
        "return document.querySelector('#progress').hidden"
        " && document.querySelector('#post .sheet') !== null"
        " && document.querySelector('.sentence.busy') === null"
    )


def body(browser):
    return browser.execute_script("return document.querySelector('#post-body').textContent")


def card(browser, at):
    return browser.find_element(By.CSS_SELECTOR, f'.sentence[data-at="{at}"]')


def opened(parent, selector):
    """The details that match ``selector`` inside ``parent``, opened."""
    details = parent.find_element(By.CSS_SELECTOR, selector)
    if not details.get_property("open"):
        tap(details.find_element(By.CSS_SELECTOR, "summary"))
    return details


@pytest.fixture
def composed(browser, live_url):
    browser.get(f"{live_url}/compose")
    write(browser, DRAFT, "My first post!")
    wait(browser, ready)
    return browser


def test_post_is_streamed_with_tags_and_counts(composed):
    assert body(composed).endswith("\n\n#猫")
    meters = composed.find_elements(By.CSS_SELECTOR, "#post .meter-text")
    assert [meter.text.split(" / ")[1] for meter in meters] == ["20", "1000"]
    assert len(composed.find_elements(By.CSS_SELECTOR, ".sentence")) == 3
    assert composed.find_element(By.ID, "said").get_attribute("textContent")
    severe = [entry for entry in composed.get_log("browser") if entry["level"] == "SEVERE"]
    assert severe == []


def test_counts_agree_with_the_server(composed):
    text = "猫👨‍👩‍👧‍👦🇺🇸1️⃣❤️👍🏽e\u0301©1#*\n 好"
    counted = composed.execute_async_script(
        "const done = arguments[1];"
        "import('/static/js/compose-count.js').then((m) => done(m.appCount(arguments[0])));", text,
    )
    from helper.captions.limits import count

    assert counted == count(text)


def test_a_word_shows_its_meaning_on_tap(composed):
    word = card(composed, 1).find_element(By.CSS_SELECTOR, "button.gloss")
    box = composed.find_element(By.ID, word.get_attribute("popovertarget"))
    assert not box.is_displayed()
    tap(word)
    assert box.is_displayed()
    assert box.text.strip()


def test_picking_an_alternative(composed):
    details = opened(card(composed, 3), "details.more:not(.change)")
    choice = details.find_element(By.CSS_SELECTOR, ".choice span")
    wanted = choice.text
    tap(choice)
    wait(composed, lambda b: ready(b) and wanted in body(b))
    assert "Your wording" in card(composed, 3).text


def test_editing_the_chinese_is_checked_again(composed):
    details = opened(card(composed, 3), "details.change")
    field = details.find_element(By.CSS_SELECTOR, "[name=chinese]")
    field.clear()
    field.send_keys("我家有3只猫和9只狗。")
    tap(details.find_element(By.CSS_SELECTOR, 'button[value="chinese 3"]'))
    wait(composed, lambda b: ready(b) and "9只狗" in body(b))
    flag = card(composed, 3).find_element(By.CSS_SELECTOR, ".flag")
    assert "A number changed" in flag.text
    link = composed.find_element(By.ID, "to-check")
    assert link.get_attribute("href").rpartition("#")[2] in [
        found.get_attribute("id") for found in
        composed.find_elements(By.CSS_SELECTOR, ".sentence.flagged")
    ]


def test_editing_the_english_translates_again(composed):
    before = body(composed)
    details = opened(card(composed, 3), "details.change")
    field = details.find_element(By.CSS_SELECTOR, "[name=english]")
    field.clear()
    field.send_keys("Good night!")
    tap(details.find_element(By.CSS_SELECTOR, 'button[value="english 3"]'))
    wait(composed, lambda b: ready(b) and body(b) != before)
    assert "晚安" in body(composed)


def test_live_count_while_editing(composed):
    details = opened(card(composed, 3), "details.change")
    field = details.find_element(By.CSS_SELECTOR, "[name=chinese]")
    meter = composed.find_element(By.CSS_SELECTOR, '[data-meter="body"]')
    before = int(meter.get_attribute("data-count"))
    field.send_keys("好🐱")
    shown = meter.find_element(By.CSS_SELECTOR, ".meter-text").text
    assert shown == f"{before + 3} / 1000"


def test_copying_title_body_and_all(composed):
    def clipboard():
        return composed.execute_async_script(
            "navigator.clipboard.readText().then(arguments[0], (e) => arguments[0](String(e)));"
        )

    def copy(selector):
        tap(composed.find_element(By.CSS_SELECTOR, selector))
        wait(composed, lambda b: b.find_elements(By.CSS_SELECTOR, ".toast"))
        return clipboard()

    title = composed.find_element(By.ID, "post-title").text
    assert copy('[data-copy-from="#post-title"]') == title
    assert copy('[data-copy-from="#post-body"]') == body(composed)
    assert copy("#post [data-copy].primary") == f"{title}\n\n{body(composed)}"


def test_layout_and_tags_change_the_post(composed):
    tap(composed.find_element(By.CSS_SELECTOR, '.segment:has([value="lines"])'))
    wait(composed, lambda b: ready(b) and "\nHi everyone!" in body(b))
    tap(composed.find_element(By.CSS_SELECTOR, '.tagbox:has([value="#猫"])'))
    wait(composed, lambda b: ready(b) and "#猫" not in body(b))
    assert composed.find_elements(By.CSS_SELECTOR, '[value="#猫"]')  # still on offer


def test_cancelling_keeps_what_came_and_stops(browser, live_url):
    browser.get(f"{live_url}/compose")
    write(browser, LONG)
    wait(browser, lambda b: len(b.find_elements(By.CSS_SELECTOR, ".sentence")) >= 2)
    bar = browser.find_element(By.ID, "bar")
    assert int(bar.get_property("max")) == 40
    tap(browser.find_element(By.ID, "cancel"))
    wait(browser, ready)
    kept = len(browser.find_elements(By.CSS_SELECTOR, ".sentence"))
    assert 2 <= kept < 40
    assert body(browser)
    browser.execute_async_script("setTimeout(arguments[0], 1500)")
    assert len(browser.find_elements(By.CSS_SELECTOR, ".sentence")) == kept


def test_a_wording_is_remembered_for_the_next_draft(composed, live_url):
    details = opened(card(composed, 3), "details.change")
    field = details.find_element(By.CSS_SELECTOR, "[name=chinese]")
    field.clear()
    field.send_keys("家里有3只猫、2只狗呢。")
    tap(details.find_element(By.CSS_SELECTOR, 'button[value="chinese 3"]'))
    wait(composed, lambda b: ready(b) and "狗呢" in body(b))
    composed.get(f"{live_url}/compose")
    write(composed, "I have 3 cats and 2 dogs at home.")
    wait(composed, lambda b: ready(b) and "狗呢" in body(b))


def test_drafts_are_kept_opened_and_deleted(composed, live_url):
    wait(composed, lambda b: b.execute_script("return !document.querySelector('#history').hidden"))
    chinese = body(composed)
    composed.get(f"{live_url}/compose")
    history = composed.find_element(By.ID, "history")
    wait(composed, lambda b: history.is_displayed())
    tap(history.find_element(By.CSS_SELECTOR, "summary"))
    tap(history.find_element(By.CSS_SELECTOR, "[data-open]"))
    wait(composed, lambda b: b.find_elements(By.ID, "post-body"))
    assert body(composed) == chinese
    kept = composed.execute_async_script(
        "import('/static/js/compose-history.js')"
        ".then((m) => m.everything()).then((all) => arguments[0](JSON.stringify(all)));"
    )
    assert json.loads(kept)["drafts"][0]["title"] == "My first post!"
    history = composed.find_element(By.ID, "history")
    wait(composed, lambda b: history.is_displayed())
    tap(history.find_element(By.CSS_SELECTOR, "summary"))
    tap(history.find_element(By.CSS_SELECTOR, "[data-delete]"))
    wait(composed, lambda b: not history.is_displayed())


def kept_drafts(browser):
    """Texts of the drafts that the browser keeps, the newest first."""
    return browser.execute_async_script(
        "import('/static/js/compose-history.js')"
        ".then((m) => m.drafts()).then((all) => arguments[0](all.map((one) => one.text)));"
    )


def test_another_caption_is_another_draft(composed):
    wait(composed, lambda b: kept_drafts(b) == [DRAFT])
    changed = f"{DRAFT} #home"
    write(composed, changed)
    wait(composed, lambda b: kept_drafts(b) == [changed])
    write(composed, "The train was late. We walked to the sea.")
    wait(composed, lambda b: kept_drafts(b) == [
        "The train was late. We walked to the sea.", changed,
    ])


def test_a_deleted_draft_comes_back_only_when_it_is_composed_again(composed):
    wait(composed, lambda b: kept_drafts(b) == [DRAFT])
    history = composed.find_element(By.ID, "history")
    wait(composed, lambda b: history.is_displayed())
    tap(history.find_element(By.CSS_SELECTOR, "summary"))
    tap(history.find_element(By.CSS_SELECTOR, "[data-delete]"))
    wait(composed, lambda b: kept_drafts(b) == [])
    tap(composed.find_element(By.CSS_SELECTOR, '.segment:has([value="lines"])'))
    wait(composed, lambda b: ready(b) and "\nHi everyone!" in body(b))
    assert kept_drafts(composed) == []
    write(composed, DRAFT)
    wait(composed, lambda b: kept_drafts(b) == [DRAFT])


def test_composing_again_keeps_the_ticked_tags(composed):
    box = composed.find_element(By.CSS_SELECTOR, ".tagbox:has(input:not(:checked))")
    chosen = box.find_element(By.NAME, "tag").get_attribute("value")
    tap(box)
    wait(composed, lambda b: ready(b) and chosen in body(b))
    write(composed, DRAFT.removesuffix(" #cats"))
    wait(composed, lambda b: ready(b) and chosen in body(b))
    assert not body(composed).endswith("#猫")
    assert "#猫 " not in body(composed)
    write(composed, "The train was late. We walked to the sea.")
    wait(composed, lambda b: ready(b) and kept_drafts(b)[0].startswith("The train"))
    assert chosen not in body(composed)


def test_a_mark_that_says_something_keeps_wordings_apart(composed):
    found = composed.execute_async_script(
        "const done = arguments[0]; import('/static/js/compose-history.js').then(async (m) => {"
        "  await m.keepWording('Really?', '真的吗？');"
        "  await m.keepWording('100%', '百分之百');"
        "  const asked = ['Really?', 'Really!', '100', '100%.'];"
        "  done(await Promise.all(asked.map(m.wordingOf)));"
        "});"
    )
    assert found == ["真的吗？", None, None, "百分之百"]


def test_starter_changes_as_one_types(browser, live_url):
    browser.get(f"{live_url}/compose/starters/starter.first-post")
    browser.find_element(By.NAME, "place").send_keys("Chicago")
    wait(browser, lambda b: "芝加哥" in b.find_element(By.ID, "filled").text)
    tap(browser.find_element(By.CSS_SELECTOR, "#filled form .button"))
    wait(browser, lambda b: b.find_elements(By.ID, "post-body"))
    assert "芝加哥" in body(browser)


# The next answer comes from this instead of the server: {status, body, headers}.
_ONCE = """
const [answer, real] = [arguments[0], window.fetch];
window.fetch = async () => {
  window.fetch = real;
  return new Response(answer.body, answer);
};
"""


def test_a_starter_that_was_refused_is_marked_and_asked_for_again(browser, live_url):
    browser.get(f"{live_url}/compose/starters/starter.first-post")
    browser.execute_script(_ONCE, {"status": 429, "body": "", "headers": {"Retry-After": "1"}})
    filled = browser.find_element(By.ID, "filled")
    browser.find_element(By.NAME, "place").send_keys("Chicago")
    assert filled.get_attribute("aria-busy") == "true"
    wait(browser, lambda b: "芝加哥" in filled.text)
    assert filled.get_attribute("aria-busy") is None


def test_a_page_of_a_proxy_is_told_as_a_sentence(composed):
    composed.execute_script(_ONCE, {"status": 502, "body": "<html>Bad gateway</html>"})
    tap(composed.find_element(By.CSS_SELECTOR, '.segment:has([value="lines"])'))
    problem = composed.find_element(By.ID, "problem")
    wait(composed, lambda b: problem.is_displayed())
    assert problem.text == "Something broke on our side; please try again."


def test_that_it_was_copied_is_read_out(composed):
    """A status box speaks only when its text comes into it on the page."""
    composed.execute_script(
        "window.told = [];"
        "new MutationObserver((all) => window.told.push(...all.map((one) => one.target.className)))"
        ".observe(document.body, { childList: true, subtree: true });"
    )
    tap(composed.find_element(By.CSS_SELECTOR, '[data-copy-from="#post-body"]'))
    wait(composed, lambda b: "toast" in b.execute_script("return window.told"))


def test_nothing_is_wider_than_a_phone(composed):
    wide = composed.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide == 0
