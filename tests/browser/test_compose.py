"""Composing in a real browser: streaming, cancelling, picking, editing, copying, remembering."""

from __future__ import annotations

import json

import pytest
from selenium.webdriver.common.by import By

from tests.browser.test_practice_offline import network
from tests.browser.waiting import Wait

DRAFT = "Hi everyone!\nI have 3 cats and 2 dogs at home. #cats"
LONG = " ".join(
    f"On day {n} the old gardener carried {n + 20} small baskets of plums to the lake."
    for n in range(2, 42)
)


def wait(browser, condition, seconds=120):
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


# Answers for `path` wait for goOn[path](); of a stream only the post, which comes last, waits.
_HELD = """
const path = arguments[0], real = window.fetch, goOn = (window.goOn ??= {});
const asked = (window.asked ??= {}), wait = new Promise((go) => (goOn[path] = go));
window.fetch = async (url, options) => {
  if (!String(url).endsWith(path)) return real(url, options);
  asked[path] = true;
  if (!path.endsWith("/stream")) await wait;
  const response = await real(url, options);
  if (!path.endsWith("/stream")) return response;
  const holding = new TransformStream({
    async transform(text, out) {
      const at = text.indexOf("event: post");
      if (at >= 0) {
        out.enqueue(text.slice(0, at));
        await wait;
      }
      out.enqueue(text.slice(Math.max(at, 0)));
    },
  });
  const body = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(holding);
  return new Response(body.pipeThrough(new TextEncoderStream()), { headers: response.headers });
};
"""


def go_on(browser, path):
    browser.execute_script("goOn[arguments[0]]()", path)


def is_asked(browser, path):
    return browser.execute_script("return Boolean(window.asked?.[arguments[0]])", path)


def picked(browser, at):
    """The first other wording of a card, once it was tapped."""
    choice = opened(card(browser, at), "details.more:not(.change)").find_element(
        By.CSS_SELECTOR, ".choice span")
    wording = choice.text
    tap(choice)
    return wording


def test_a_failure_to_compose_again_leaves_the_post(composed):
    wording = picked(composed, 3)
    wait(composed, lambda b: ready(b) and wording in body(b))
    whole = body(composed)
    problem = composed.find_element(By.ID, "problem")

    def fails(said):
        tap(composed.find_element(By.CSS_SELECTOR, "#draft .button.primary"))
        wait(composed, lambda b: ready(b) and said in problem.text)
        assert body(composed) == whole
        assert "Your wording" in card(composed, 3).text

    network(composed, False)
    try:
        fails("what is here stays")
    finally:
        network(composed, True)
    composed.execute_script(_ONCE, {"status": 429, "body": json.dumps({"detail": "A moment"})})
    fails("A moment")
    composed.find_element(By.ID, "text").clear()
    composed.find_element(By.ID, "title").clear()
    fails("There is no text to translate")


def test_choices_made_while_it_streams_are_in_the_post(browser, live_url):
    browser.get(f"{live_url}/compose")
    browser.execute_script(_HELD, "/compose/stream")
    write(browser, DRAFT)
    wait(browser, lambda b: len(b.find_elements(By.CSS_SELECTOR, ".sentence")) == 2)
    wording = picked(browser, 2)
    wait(browser, lambda b: b.find_elements(By.ID, "post-body") and wording in body(b))
    tap(browser.find_element(By.CSS_SELECTOR, '.segment:has([value="lines"])'))
    wait(browser, lambda b: "\nHi everyone!" in body(b))
    tag = browser.find_element(By.CSS_SELECTOR, ".tagbox:has(input:not(:checked))")
    chosen = tag.find_element(By.NAME, "tag").get_attribute("value")
    tap(tag)
    wait(browser, lambda b: chosen in body(b))
    go_on(browser, "/compose/stream")
    wait(browser, lambda b: ready(b) and body(b).count("#") == len({"#猫", chosen}))
    assert wording in body(browser)
    assert "\nHi everyone!" in body(browser)
    assert "#猫" in body(browser)
    assert chosen in body(browser)


def test_a_choice_whose_answer_outlasts_the_stream_is_in_the_post(browser, live_url):
    browser.get(f"{live_url}/compose")
    browser.execute_script(_HELD, "/compose/stream")
    browser.execute_script(_HELD, "/compose/revise")
    write(browser, DRAFT)
    wait(browser, lambda b: len(b.find_elements(By.CSS_SELECTOR, ".sentence")) == 2)
    wording = picked(browser, 2)
    wait(browser, lambda b: is_asked(b, "/compose/revise"))
    go_on(browser, "/compose/stream")
    wait(browser, lambda b: b.find_elements(By.ID, "post-body"))
    assert wording not in body(browser)
    go_on(browser, "/compose/revise")
    wait(browser, lambda b: ready(b) and wording in body(b))
    assert body(browser).endswith("#猫")


def test_tags_ticked_quickly_are_all_in_the_post(composed):
    composed.execute_script(_HELD, "/compose/revise")
    boxes = composed.find_elements(By.CSS_SELECTOR, ".tagbox:has(input:not(:checked))")[:3]
    tags = [box.find_element(By.NAME, "tag").get_attribute("value") for box in boxes]
    assert len(tags) > 1
    for box in boxes:
        tap(box)
    go_on(composed, "/compose/revise")
    wait(composed, lambda b: all(tag in body(b) for tag in tags))
    assert composed.switch_to.active_element.get_attribute("value") == tags[-1]


def test_a_tag_ticked_while_a_sentence_is_checked_is_in_the_post(composed):
    composed.execute_script(_HELD, "/compose/revise")
    wording = picked(composed, 3)
    wait(composed, lambda b: is_asked(b, "/compose/revise"))
    box = composed.find_element(By.CSS_SELECTOR, ".tagbox:has(input:not(:checked))")
    tag = box.find_element(By.NAME, "tag").get_attribute("value")
    tap(box)
    go_on(composed, "/compose/revise")
    wait(composed, lambda b: ready(b) and tag in body(b))
    assert wording in body(composed)
    assert "Your wording" in card(composed, 3).text


def test_switching_the_language_keeps_the_post(composed):
    wording = picked(composed, 3)
    wait(composed, lambda b: ready(b) and wording in body(b))
    tap(composed.find_element(By.CSS_SELECTOR, '.tagbox:has([value="#猫"])'))
    wait(composed, lambda b: ready(b) and "#猫" not in body(b))
    whole = body(composed)
    composed.find_element(By.CSS_SELECTOR, "button[name=language][value=zh_Hans]").click()
    wait(composed, lambda b: b.find_elements(By.CSS_SELECTOR, "[lang=zh-Hans] #post-body"))
    assert composed.find_element(By.TAG_NAME, "html").get_attribute("lang") == "zh-Hans"
    assert body(composed) == whole
    assert composed.find_element(By.ID, "text").get_attribute("value") == DRAFT
    assert composed.find_elements(By.CSS_SELECTOR, '[name="tag"][value="#猫"]:not(:checked)')
    composed.get(composed.current_url.removesuffix("/revise"))
    assert not composed.find_elements(By.ID, "post-body")


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
