"""The service worker: what it keeps, in which language, and when it shows it."""

from __future__ import annotations

import urllib.request

import pytest
from selenium.webdriver.common.by import By

from tests.browser.waiting import Wait

_KEPT = """
const [path, done] = arguments;
caches.match(path).then((found) => found?.text()).then((text) => done(text ?? ""));
"""
# The worker's own source in a page, with a network that answers as told (0: not at all); what it
# answers itself.
_ANSWERED = """
const [source, path, status, method, done] = arguments;
const handlers = {};
const worker = new Function("self", "fetch", source);
worker(
  { addEventListener: (name, handler) => (handlers[name] = handler), skipWaiting() {} },
  async () => (status ? new Response("from the proxy", { status }) : Promise.reject(TypeError())),
);
const request = new Request(path, { method });
Object.defineProperty(request, "mode", { value: "navigate" }); // only a browser may make one
handlers.fetch({
  request,
  waitUntil() {},
  respondWith: (answer) => answer.then((one) => one.text()).then(done, (e) => done(String(e))),
});
"""


def kept(browser, path):
    return browser.execute_async_script(_KEPT, path)


def answered(browser, live_url, path, status, method="GET"):
    with urllib.request.urlopen(f"{live_url}/sw.js") as answer:
        source = answer.read().decode()
    return browser.execute_async_script(_ANSWERED, source, path, status, method)


@pytest.fixture
def installed(browser, live_url):
    """The last file that the worker keeps is there, and the worker answers for the page."""
    browser.get(f"{live_url}/about")
    Wait(browser, 60).until(lambda b: kept(b, "/index-phrases.json"))
    Wait(browser, 20).until(
        lambda b: b.execute_script("return Boolean(navigator.serviceWorker.controller)")
    )
    return browser


def test_kept_pages_follow_the_language(installed):
    assert '<html lang="en"' in kept(installed, "/guides")
    installed.find_element(By.CSS_SELECTOR, "button[name=language][value=zh_Hans]").click()
    Wait(installed, 20).until(
        lambda b: b.find_element(By.TAG_NAME, "html").get_attribute("lang") == "zh-Hans"
    )
    assert installed.current_url.endswith("/about")
    Wait(installed, 60).until(lambda b: '<html lang="zh-Hans"' in kept(b, "/guides"))


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_proxy_without_its_server_is_no_network(installed, live_url, status):
    assert answered(installed, live_url, "/guides", status) == kept(installed, "/guides")
    assert "No network" in answered(installed, live_url, "/slang", status)


@pytest.mark.parametrize("path", ["/read", "/compose", "/practice/start", "/language"])
def test_a_form_without_a_network_is_answered_by_the_page_for_that(installed, live_url, path):
    assert "No network" in answered(installed, live_url, path, 0, "POST")
    # a refusal of the server is not an absence of it
    assert answered(installed, live_url, path, 400, "POST") == "from the proxy"


def test_the_learners_own_pages_are_not_kept(installed, live_url):
    installed.get(f"{live_url}/practice/settings")
    button = installed.find_element(By.ID, "make-code")
    installed.execute_script("arguments[0].click()", button)
    Wait(installed, 20).until(lambda b: b.find_elements(By.CSS_SELECTOR, "strong.code"))
    for path in ("/practice/progress", "/practice/print", "/practice/tones", "/slang"):
        installed.get(live_url + path)
    Wait(installed, 20).until(lambda b: kept(b, "/slang"))
    assert kept(installed, "/practice/tones")
    for path in ("/practice/settings", "/practice/progress", "/practice/print"):
        assert not kept(installed, path)
