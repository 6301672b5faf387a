"""A real Chromium against a real server.

The server is ``rednote-helper serve`` in a process of its own, with a data directory of this
run's own. Without Chromium the browser tests are skipped and say so.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--lang=en-US",
    "--window-size=390,844",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def live_url(tmp_path_factory):
    """The base URL of the served app, without a closing slash."""
    port = _free_port()
    folder = tmp_path_factory.mktemp("served")
    log = (folder / "log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "-m", "helper", "serve", "--port", str(port)],
        env={**os.environ, "HELPER_DATA_DIR": str(folder / "data"), "HELPER_RATE_LIMIT": ""},
        stdout=log,
        stderr=log,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                    break
            except OSError:
                assert server.poll() is None, (folder / "log").read_text()
                time.sleep(0.2)
        else:
            raise AssertionError("the server did not answer: " + (folder / "log").read_text())
        yield url
    finally:
        server.terminate()
        server.wait(40)
        log.close()


@pytest.fixture(scope="session")
def _driver():
    chromium, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not chromedriver:
        pytest.skip("no Chromium here: install Debian's chromium and chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in _FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(chromedriver))
    driver.implicitly_wait(6)
    yield driver
    driver.quit()


@pytest.fixture
def browser(_driver, live_url):
    """The Chromium driver on a phone-sized window, without cookies or stored data."""
    # the last test's page and worker first: what they still ask for brings cookies of its own
    _driver.get("about:blank")
    _driver.execute_cdp_cmd(
        "Storage.clearDataForOrigin", {"origin": live_url, "storageTypes": "all"}
    )
    _driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    _driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True},
    )
    _driver.execute_cdp_cmd(
        "Browser.grantPermissions",
        {
            "origin": live_url,
            "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite", "audioCapture"],
        },
    )
    yield _driver
    _driver.execute_cdp_cmd(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 0,
            "downloadThroughput": -1,
            "uploadThroughput": -1,
        },
    )
