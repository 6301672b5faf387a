"""Nothing is cut off or scrolls sideways in a window of 320 pixels (WCAG 1.4.10), which is also
what a common phone shows when its text is enlarged."""

from __future__ import annotations

import pytest

PAGES = ("/", "/lookup?q=like", "/entry/note.save", "/net-english", "/phrases/first-hello",
         "/compose", "/read", "/practice/tones", "/screens/", "/screens/note", "/about")


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_no_page_is_wider_than_a_narrow_window(browser, live_url, language):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 320, "height": 700, "deviceScaleFactor": 1, "mobile": True},
    )
    browser.get(f"{live_url}/about")
    browser.add_cookie({"name": "language", "value": language})
    wide = {}
    for page in PAGES:
        browser.get(live_url + page)
        width = browser.execute_script("return document.documentElement.scrollWidth")
        if width > 320:
            wide[page] = width
    assert not wide
