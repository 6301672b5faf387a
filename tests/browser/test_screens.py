"""Drawn screens in a real browser: nothing is cut off, in whatever language the labels are."""

from __future__ import annotations

import base64

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from phrasebook.loader import phrasebook

DRAWN = [drawing.id for drawing in phrasebook().drawings]

_FAULTS = """
const frame = document.querySelector(".drawn .frame");
const outer = frame.getBoundingClientRect();
const faults = [];
if (frame.scrollHeight > frame.clientHeight + 1) faults.push("too tall");
for (const label of frame.querySelectorAll("a.lab")) {
  const box = label.getBoundingClientRect();
  if (!box.width || box.left < outer.left - 1 || box.right > outer.right + 1 ||
    box.top < outer.top || box.bottom > outer.bottom + 1) faults.push(label.id + " is cut off");
  const part = label.closest(".part").getBoundingClientRect();
  if (box.bottom > part.bottom + 2) faults.push(label.id + " leaves its part");
  if (label.scrollWidth > label.clientWidth + 2) faults.push(label.id + " is too wide");
  const text = getComputedStyle(label.querySelector(".tri"));
  if (parseFloat(text.fontSize) < 7) faults.push(label.id + " is too small");
}
return faults;
"""


@pytest.mark.parametrize("show", ["zh", "en", "py", "both"])
@pytest.mark.parametrize("id_", DRAWN)
def test_nothing_is_cut_off(browser, live_url, id_, show):
    browser.get(f"{live_url}/screens/{id_}?show={show}")
    assert browser.execute_script(_FAULTS) == []


def _shown(browser):
    return {
        name: browser.find_element(By.CSS_SELECTOR, f"a.is-pill .{name}").is_displayed()
        for name in ("zh", "en", "py")
    }


def test_the_switch_changes_the_labels_in_place(browser, live_url):
    browser.get(f"{live_url}/screens/note")
    assert _shown(browser) == {"zh": True, "en": False, "py": False}
    browser.find_element(By.CSS_SELECTOR, "input[value=en]").click()
    assert _shown(browser) == {"zh": False, "en": True, "py": False}
    browser.find_element(By.CSS_SELECTOR, "input[value=both]").click()
    assert _shown(browser) == {"zh": True, "en": True, "py": True}
    assert "show=both" in browser.current_url
    link = browser.find_element(By.CSS_SELECTOR, ".screen-nav a[href*='/screens/live']")
    assert "show=both" in link.get_attribute("href")


def test_the_switch_needs_no_script(browser, live_url):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{live_url}/screens/note")
        browser.find_element(By.CSS_SELECTOR, "input[value=py]").send_keys(Keys.SPACE)
        assert _shown(browser) == {"zh": True, "en": False, "py": True}
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_a_label_in_the_list_lights_up_in_the_drawing(browser, live_url):
    browser.get(f"{live_url}/screens/home")
    browser.execute_script("document.querySelector('[data-shows=\"home.search\"]').focus()")
    assert "lit" in browser.find_element(By.ID, "home.search").get_attribute("class")


def test_a_tap_on_a_label_opens_its_entry(browser, live_url):
    browser.get(f"{live_url}/screens/settings")
    browser.find_element(By.ID, "settings.privacy").click()
    assert browser.current_url == f"{live_url}/entry/settings.privacy"


@pytest.mark.parametrize(("path", "pages"), [("print", len(DRAWN)), ("comments?show=both", 1)])
def test_one_screen_takes_one_page_of_paper(browser, live_url, path, pages):
    browser.get(f"{live_url}/screens/{path}")
    sent = browser.execute_cdp_cmd("Page.printToPDF", {
        "printBackground": True, "preferCSSPageSize": True,
    })
    pdf = base64.b64decode(sent["data"])
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == pages
