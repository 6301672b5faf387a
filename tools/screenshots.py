"""Takes the README's screenshots: ``python tools/screenshots.py http://127.0.0.1:5000``.

The app must be running; Debian's chromium and chromium-driver do the work.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--hide-scrollbars",
    "--lang=en-US",
)
DRAFT = "Hi everyone! I'm Megan from Ohio 😊 My dog is 4 years old. #cats"


def main(base: str) -> None:
    """Write home.png, compose.png and screen.png into docs/images."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in _FLAGS:
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True},
    )
    try:
        driver.get(base)
        driver.save_screenshot(str(FOLDER / "home.png"))
        driver.get(f"{base}/screens/settings?show=both")
        driver.save_screenshot(str(FOLDER / "screen.png"))
        driver.get(f"{base}/compose")
        driver.find_element(By.CSS_SELECTOR, "main textarea").send_keys(DRAFT)
        driver.find_element(By.CSS_SELECTOR, "main form button.primary").click()
        time.sleep(8)
        driver.execute_script("window.scrollBy(0, 520)")
        time.sleep(0.5)
        driver.save_screenshot(str(FOLDER / "compose.png"))
    finally:
        driver.quit()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:5000")
