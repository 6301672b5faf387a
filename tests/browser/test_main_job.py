"""The main job in a real browser: translate a caption, look terms up, practise, switch language."""

from __future__ import annotations

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.waiting import Wait


def _wait(browser, condition, seconds=20):
    return Wait(browser, seconds).until(condition)


def _text(browser, selector="main"):
    return browser.find_element(By.CSS_SELECTOR, selector).text


def test_looking_up_as_one_types(browser, live_url):
    browser.get(f"{live_url}/lookup")
    field = browser.find_element(By.ID, "q")
    field.send_keys("likes")
    _wait(browser, lambda b: "收藏" in _text(b, "#results"))
    field.clear()
    field.send_keys("shoucang")
    _wait(browser, lambda b: _text(b, "#results").lstrip().startswith("收藏"))
    browser.find_element(By.CSS_SELECTOR, "#results a.item").click()
    _wait(browser, lambda b: "/entry/" in b.current_url)
    assert "shōu" in _text(browser)


def test_switching_to_chinese_and_back(browser, live_url):
    browser.get(f"{live_url}/phrases")
    browser.find_element(By.CSS_SELECTOR, "button[name=language][value=zh_Hans]").click()
    _wait(browser, lambda b: b.find_element(By.TAG_NAME, "html").get_attribute("lang") == "zh-Hans")
    assert browser.current_url.endswith("/phrases")
    assert any("\u4e00" <= c <= "\u9fff" for c in browser.find_element(By.TAG_NAME, "h1").text)
    browser.get(f"{live_url}/lookup")
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "zh-Hans"
    browser.find_element(By.CSS_SELECTOR, "button[name=language][value=en]").click()
    _wait(browser, lambda b: b.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en")


def test_reading_a_comment(browser, live_url):
    browser.get(f"{live_url}/read")
    browser.find_element(By.ID, "text").send_keys("欢迎来到小红书，你家猫yyds")
    browser.find_element(By.CSS_SELECTOR, "main button.primary").click()
    _wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "ruby"))
    assert "huān" in _text(browser)
    assert "GOAT" in _text(browser)


def test_a_long_text_says_that_it_is_being_read(browser, live_url):
    browser.get(f"{live_url}/read")
    browser.execute_script(
        "document.addEventListener('submit', () => {"
        "  const button = document.querySelector('main button.primary');"
        "  sessionStorage.said = button.textContent + button.getAttribute('aria-disabled');"
        "});"
    )
    browser.find_element(By.ID, "text").send_keys("你家猫yyds")
    browser.find_element(By.CSS_SELECTOR, "main button.primary").click()
    _wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "ruby"))
    assert browser.execute_script("return sessionStorage.said") == "Reading…true"
    browser.back()
    _wait(browser, lambda b: b.find_element(By.CSS_SELECTOR, "main button.primary").text
          == "Explain it")


def test_writing_on_wakes_a_form_whose_answer_was_stopped(browser, live_url):
    browser.get(f"{live_url}/read")
    browser.execute_script(
        "document.addEventListener('submit', (event) => event.preventDefault(), { once: true });"
    )
    field = browser.find_element(By.ID, "text")
    field.send_keys("你家猫")
    button = browser.find_element(By.CSS_SELECTOR, "main button.primary")
    button.click()
    assert button.text == "Reading…"
    field.send_keys("yyds")
    assert button.text == "Explain it"
    button.click()
    _wait(browser, lambda b: b.find_elements(By.CSS_SELECTOR, "ruby"))


def test_the_keyboard_reaches_the_search(browser, live_url):
    browser.get(live_url)
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    skip = browser.switch_to.active_element
    assert skip.get_attribute("class") == "skip"
    skip.send_keys(Keys.ENTER)
    browser.switch_to.active_element.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("type") == "search"


def test_no_page_scrolls_sideways_or_logs_errors(browser, live_url):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True},
    )
    browser.get_log("browser")
    for path in (
        "/",
        "/lookup?q=like",
        "/entry/note.save",
        "/slang",
        "/phrases/first-hello",
        "/compose",
        "/read",
        "/practice",
        "/guides",
        "/about",
        "/screens",
    ):
        browser.get(live_url + path)
        wide = browser.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, path
    faults = [e for e in browser.get_log("browser") if e["level"] == "SEVERE"]
    assert not faults


def test_a_long_list_can_be_filtered(browser, live_url):
    browser.get(f"{live_url}/slang")
    rows = browser.find_elements(By.CSS_SELECTOR, "main .list > li")
    browser.find_element(By.ID, "filter").send_keys("goat")
    _wait(browser, lambda b: 0 < sum(row.is_displayed() for row in rows) < 20)


def test_switching_the_language_keeps_what_was_typed(browser, live_url):
    browser.get(f"{live_url}/read")
    browser.find_element(By.ID, "text").send_keys("你好，yyds")
    browser.find_element(By.CSS_SELECTOR, "button[name=language][value=zh_Hans]").click()
    _wait(browser, lambda b: b.find_element(By.TAG_NAME, "html").get_attribute("lang") == "zh-Hans")
    _wait(browser, lambda b: b.find_element(By.ID, "text").get_attribute("value") == "你好，yyds")


def _switched(browser):
    browser.find_element(By.CSS_SELECTOR, "button[name=language][value=zh_Hans]").click()
    _wait(browser, lambda b: b.find_element(By.TAG_NAME, "html").get_attribute("lang") == "zh-Hans")


def test_switching_the_language_keeps_what_was_found(browser, live_url):
    browser.get(f"{live_url}/lookup")
    browser.find_element(By.ID, "q").send_keys("shoucang")
    _wait(browser, lambda b: _text(b, "#results").lstrip().startswith("收藏"))
    _switched(browser)
    assert browser.current_url.endswith("/lookup?q=shoucang")
    assert browser.find_element(By.ID, "q").get_attribute("value") == "shoucang"
    assert _text(browser, "#results").lstrip().startswith("收藏")


def test_switching_the_language_keeps_a_search_that_was_not_sent(browser, live_url):
    browser.get(live_url)
    browser.find_element(By.ID, "q").send_keys("log out")
    _switched(browser)
    _wait(browser, lambda b: b.find_element(By.ID, "q").get_attribute("value") == "log out")


def test_switching_the_language_keeps_the_labels_of_a_drawn_screen(browser, live_url):
    browser.get(f"{live_url}/screens/note")
    browser.find_element(By.CSS_SELECTOR, "input[value=both]").click()
    _switched(browser)
    assert browser.current_url.endswith("/screens/note?show=both")
    assert browser.find_element(By.CSS_SELECTOR, "input[value=both]").is_selected()


def test_switching_the_language_of_an_answered_form_keeps_the_post(browser, live_url):
    browser.get(f"{live_url}/compose/starters/starter.first-post")
    button = browser.find_element(By.CSS_SELECTOR, "#filled form .button")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()
    _wait(browser, lambda b: b.current_url.endswith("/compose/revise"))
    text = browser.find_element(By.ID, "text").get_attribute("value")
    post = browser.find_element(By.ID, "post-body").get_attribute("textContent")
    assert text
    browser.find_element(By.CSS_SELECTOR, "button[name=language][value=zh_Hans]").click()
    _wait(browser, lambda b: b.find_element(By.TAG_NAME, "html").get_attribute("lang") == "zh-Hans")
    _wait(browser, lambda b: b.find_element(By.ID, "post-body").get_attribute("textContent")
          == post)
    assert browser.find_element(By.ID, "text").get_attribute("value") == text
