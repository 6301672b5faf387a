"""Each kind of exercise in Chromium, a whole session, the tone trainer."""

from __future__ import annotations

import json
import urllib.request

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from helper.practice.deck import Deck
from helper.practice.exercises import by_kind
from phrasebook import phrasebook
from tests.browser.waiting import Wait

ITEM = "first-hello.new-here"


@pytest.fixture(scope="module")
def deck():
    return Deck(phrasebook())


def kind_of(browser) -> str:
    return browser.execute_script(
        "return document.querySelector('[data-exercise]')?.dataset.exercise || ''"
    )


def wait_for(browser, *kinds) -> str:
    Wait(browser, 20).until(lambda b: kind_of(b) in kinds)
    return kind_of(browser)


def click(browser, css) -> None:
    found = browser.find_element(By.CSS_SELECTOR, css)
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
    browser.execute_script("arguments[0].click()", found)


def opened(browser, live_url, deck, kind, item=ITEM):
    """Open one exercise; returns its question as the server will make it again."""
    browser.get(f"{live_url}/practice/try/{kind}?item={item}")
    wait_for(browser, kind)
    seed = int(browser.find_element(By.NAME, "seed").get_attribute("value"))
    return by_kind(kind).ask(deck.item(item), deck, seed)


def outcome(browser) -> tuple[bool, str]:
    wait_for(browser, "outcome")
    article = browser.find_element(By.CSS_SELECTOR, "[data-exercise]")
    return article.get_attribute("data-right") == "true", article.text


@pytest.mark.parametrize("kind", [
    "choose-meaning", "choose-hanzi", "listen-choose", "fill-word", "reply",
])
@pytest.mark.parametrize("right", [True, False])
def test_choosing(browser, live_url, deck, kind, right):
    item = ITEM
    if kind == "reply":
        item = next(i for i in deck.ids if deck.item(i).comment)
    question = opened(browser, live_url, deck, kind, item)
    value = next(
        o.value for o in question.options if (o.value == question.expected[0]) == right
    )
    for option in browser.find_elements(By.CSS_SELECTOR, "button.option"):
        if option.get_attribute("value") == value:
            browser.execute_script("arguments[0].click()", option)
            break
    was_right, text = outcome(browser)
    assert was_right == right
    assert ("Not quite." in text) != right


@pytest.mark.parametrize(("typed", "right", "said"), [
    ("wo3 shi4 xin1 lai2 de", True, "Right!"),
    ("wǒ shì xīn lái de", True, "Right!"),
    ("woshixinlaide", True, "With its tones it is"),
    ("wo3 shi4 xin4 lai2 de", True, "Nearly"),
    ("wo3 si4 xin1 lai2 de", False, "curl the tongue back"),
])
def test_typing_pinyin(browser, live_url, deck, typed, right, said):
    opened(browser, live_url, deck, "type-pinyin")
    browser.find_element(By.ID, "typed").send_keys(typed)
    click(browser, "#check")
    was_right, text = outcome(browser)
    assert was_right == right
    assert said in text


@pytest.mark.parametrize("right", [True, False])
def test_marking_tones(browser, live_url, deck, right):
    question = opened(browser, live_url, deck, "listen-tones", "first-hello.everyone")
    for place, tone in enumerate(question.expected):
        value = tone if right else str(int(tone) % 4 + 1)
        click(browser, f"input[name='answer-{place}'][value='{value}']")
    click(browser, "#check")
    was_right, text = outcome(browser)
    assert was_right == right
    if not right:
        assert "Tone" in text
        assert "Hear the difference" in text


@pytest.mark.parametrize("right", [True, False])
def test_ordering_words_by_tapping(browser, live_url, deck, right):
    question = opened(browser, live_url, deck, "word-order")
    words = question.expected if right else question.expected[::-1]
    assert not browser.find_element(By.CSS_SELECTOR, "[data-order]").is_displayed()
    for word in words:
        click(browser, f".tiles .tile[data-value='{word}']")
    click(browser, "#check")
    was_right, text = outcome(browser)
    assert was_right == right
    assert right or "Word for word" in text


def test_saying_it_recording_and_comparing(browser, live_url, deck):
    opened(browser, live_url, deck, "say-it")
    click(browser, "[data-record]")
    Wait(browser, 10).until(
        lambda b: b.find_element(By.CSS_SELECTOR, "[data-record]").text == "Stop"
    )
    browser.execute_async_script("setTimeout(arguments[0], 1800)")
    click(browser, "[data-record]")
    Wait(browser, 10).until(
        lambda b: b.find_element(By.CSS_SELECTOR, "[data-playback]").is_displayed()
    )
    click(browser, ".ratings button[value='3']")
    assert outcome(browser)[0]


def test_the_pitch_of_a_voice_is_found(browser, live_url):
    browser.get(f"{live_url}/practice")
    found = browser.execute_async_script("""
      const done = arguments[0];
      import('/static/js/practice-recorder.js').then(({ pitchCurve }) => {
        const rate = 16000, sound = new Float32Array(rate);
        let phase = 0;
        for (let i = 0; i < rate; i += 1) {
          const pitch = i < rate / 2 ? 120 : 240;
          phase += 2 * Math.PI * pitch / rate;
          sound[i] = 0.4 * Math.sin(phase) + 0.2 * Math.sin(2 * phase);
        }
        done(pitchCurve(sound, rate));
      });
    """)
    assert len(found) == 25
    assert all(abs(pitch - 120) < 4 for pitch in found[:11])
    assert all(abs(pitch - 240) < 8 for pitch in found[14:])


def test_turning_the_card_over(browser, live_url, deck):
    opened(browser, live_url, deck, "recall")
    hanzi = deck.item(ITEM).hanzi
    back = browser.find_element(By.CSS_SELECTOR, "[data-turn] .prompt")
    assert not back.is_displayed()
    click(browser, "[data-turn] summary")
    shown = browser.execute_script(
        "return [...arguments[0].querySelectorAll('ruby')].map(r => r.firstChild.textContent)"
        ".join('')", back
    )
    assert shown == hanzi.strip("。")
    click(browser, ".ratings button[value='4']")
    assert outcome(browser)[0]


def test_i_do_not_know(browser, live_url, deck):
    opened(browser, live_url, deck, "choose-hanzi")
    click(browser, "button[value='']")
    was_right, text = outcome(browser)
    assert not was_right
    assert "means" in text


def test_a_session_with_undo_and_the_streak(browser, live_url, deck):
    browser.get(f"{live_url}/practice")
    click(browser, "#start")
    address = None
    for n in range(4):
        kind = wait_for(browser, "new", "choose-meaning", "choose-hanzi", "listen-choose",
                        "type-pinyin", "fill-word", "word-order", "listen-tones")
        if kind == "new":
            click(browser, "#go")
            kind = wait_for(browser, "choose-meaning", "choose-hanzi", "listen-choose")
        click(browser, "form[data-answer-form] button[value='']")
        assert not outcome(browser)[0]
        if n == 1:
            click(browser, "#undo")
            wait_for(browser, "new", "choose-meaning", "choose-hanzi", "listen-choose")
            assert "taken back" in browser.find_element(By.ID, "stage").text
            continue
        address = address or browser.current_url
        click(browser, "#next")
    assert browser.current_url == address, "the stage is swapped in place"
    browser.get(f"{live_url}/practice")
    assert "3 of 20 answers today" in browser.find_element(By.ID, "stage").text


def test_the_tone_trainer_by_ear(browser, live_url):
    browser.get(f"{live_url}/practice/tones/second-third?seed=1")
    for n in range(6):
        Wait(browser, 20).until(
            lambda b, n=n: f"Round {n + 1} of 6" in b.find_element(By.ID, "stage").text
        )
        click(browser, "button.option")
        Wait(browser, 20).until(
            lambda b: "this was played" in b.find_element(By.ID, "stage").text
        )
        if n < 5:
            click(browser, "#next")
    assert "right in this drill" in browser.find_element(By.ID, "stage").text


def test_the_servers_voice_is_played_where_the_browser_has_none(browser, live_url, deck):
    opened(browser, live_url, deck, "listen-choose")
    audio = browser.find_element(By.CSS_SELECTOR, "[data-sound] [data-say]")
    address = audio.get_attribute("data-audio")
    if not address:
        help_text = browser.find_element(By.CSS_SELECTOR, "[data-no-voice]")
        assert help_text.is_displayed()
        return
    assert audio.is_displayed()
    with urllib.request.urlopen(live_url + address) as response:
        assert response.read(4) == b"RIFF"


def test_no_page_is_too_wide_or_reports_an_error(browser, live_url):
    browser.get_log("browser")
    for path in ("/practice", "/practice/progress", "/practice/tones", "/practice/settings",
                 "/practice/print", "/practice/try/say-it"):
        browser.get(live_url + path)
        width = browser.execute_script("return document.documentElement.scrollWidth")
        assert width <= 390, path
    severe = [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert severe == [], json.dumps(severe)


def test_the_syllable_being_spoken_is_marked(browser, live_url):
    browser.get(f"{live_url}/practice")
    click(browser, "#start")
    wait_for(browser, "new")
    button = browser.find_element(By.CSS_SELECTOR, "[data-sound] [data-say]")
    if not button.get_attribute("data-audio"):
        pytest.skip("espeak-ng is not installed (Debian: espeak-ng)")
    button.click()
    Wait(browser, 15, poll_frequency=0.05).until(
        lambda b: b.find_elements(By.CSS_SELECTOR, "ruby.saying")
    )


@pytest.mark.parametrize("kind", ["word-order", "listen-tones", "type-pinyin", "recall"])
def test_everything_works_without_javascript(browser, live_url, deck, kind):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        item = "first-hello.everyone" if kind == "listen-tones" else ITEM
        browser.get(f"{live_url}/practice/try/{kind}?item={item}")
        seed = int(browser.find_element(By.NAME, "seed").get_attribute("value"))
        question = by_kind(kind).ask(deck.item(item), deck, seed)
        if kind == "word-order":
            for select, word in zip(browser.find_elements(By.CSS_SELECTOR, "[data-order] select"),
                                    question.expected, strict=True):
                Select(select).select_by_value(word)
        elif kind == "listen-tones":
            for place, tone in enumerate(question.expected):
                pick = f"input[name='answer-{place}'][value='{tone}']"
                browser.find_element(By.CSS_SELECTOR, pick).click()
        elif kind == "type-pinyin":
            browser.find_element(By.ID, "typed").send_keys("wo shi xin lai de")
        if kind == "recall":
            browser.find_element(By.CSS_SELECTOR, "[data-turn] summary").click()
            browser.find_element(By.CSS_SELECTOR, ".ratings button[value='3']").click()
        else:
            browser.find_element(By.ID, "check").click()
        article = browser.find_element(By.CSS_SELECTOR, "[data-exercise='outcome']")
        assert article.get_attribute("data-right") == "true"
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
