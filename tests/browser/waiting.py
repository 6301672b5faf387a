"""Waiting for a page: an element that a reload has just replaced is asked for again."""

from __future__ import annotations

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait


class Wait(WebDriverWait):
    """Selenium's wait, patient with pages that are just being replaced."""

    def __init__(self, browser: WebDriver, seconds: float, poll_frequency: float = 0.2) -> None:
        super().__init__(
            browser,
            seconds,
            poll_frequency,
            ignored_exceptions=[NoSuchElementException, StaleElementReferenceException],
        )
