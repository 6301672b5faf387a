"""As-you-type lookup from the page's own index, as a phone user meets it."""

from __future__ import annotations

import statistics

import pytest
from selenium.webdriver.common.by import By

from tests.browser.waiting import Wait

_READY = "return document.querySelector('form[data-live]').dataset.ready === 'yes'"


@pytest.fixture
def lookup(browser, live_url):
    browser.get(f"{live_url}/lookup")
    Wait(browser, 60).until(lambda b: b.execute_script(_READY))
    return browser


def _type(browser, text):
    """The text at once, as paste and dictation put it; returns the labels found."""
    return browser.execute_script(
        """const input = document.querySelector("#q");
        input.value = arguments[0];
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
        return [...document.querySelectorAll("#results .item-hanzi")].map((e) => e.textContent);
        """, text)


@pytest.mark.parametrize(("typed", "label"), [
    ("log out", "退出登录"), ("shoucang", "收藏"), ("shou1 cang2", "收藏"), ("收藏", "收藏"),
    ("評論", "评论"), ("delete coment", "删除"), ("how do i log out", "退出登录"),
    ("settings", "设置"), ("yyds", "yyds"), ("6 6 6", "666"), ("six six six", "666"),
    ("s h o u c a n g", "收藏"), ("Log out.", "退出登录"), ("hashtag cat tax", "猫税"),
])
def test_whatever_is_typed_the_label_is_there_at_once(lookup, typed, label):
    assert label in _type(lookup, typed)[:5]


def test_the_input_method_is_left_alone_while_it_chooses(lookup):
    before = _type(lookup, "log out")
    during = lookup.execute_script(
        """const input = document.querySelector("#q");
        const found = () => [...document.querySelectorAll("#results .item-hanzi")];
        const labels = () => found().map((e) => e.textContent);
        input.dispatchEvent(new CompositionEvent("compositionstart"));
        input.value = "sh'c";
        input.dispatchEvent(new InputEvent("input", { isComposing: true }));
        const kept = labels();
        input.value = "收藏";
        input.dispatchEvent(new CompositionEvent("compositionend", { data: "收藏" }));
        return [kept, labels()];
        """)
    assert during[0] == before
    assert during[1][0] == "收藏"


def test_the_same_list_as_the_server_writes(lookup, live_url):
    _type(lookup, "follow")
    mine = lookup.find_element(By.CSS_SELECTOR, "#results .list > li").get_attribute("innerHTML")
    theirs = lookup.execute_async_script(
        """const done = arguments[0];
        fetch("/lookup?part=results&q=follow").then((r) => r.text()).then((html) => {
          const page = new DOMParser().parseFromString(html, "text/html");
          const href = document.querySelector("#results a.item").getAttribute("href");
          done(page.querySelector(`a.item[href="${href}"]`).parentElement.innerHTML);
        });""")

    def shape(html):
        return " ".join(html.split()).split("·")[0]

    assert shape(mine).replace("> <", "><") == shape(theirs).replace("> <", "><")


def test_dictionary_words_come_from_the_server(lookup):
    assert "虎牙" not in _type(lookup, "虎牙")
    Wait(lookup, 20).until(
        lambda b: "虎牙" in [e.text for e in b.find_elements(By.CSS_SELECTOR, ".item-hanzi")]
    )


def test_nothing_typed_shows_the_ways_to_browse_again(lookup):
    _type(lookup, "follow")
    _type(lookup, "")
    assert lookup.find_elements(By.CSS_SELECTOR, "#results a[href='/screens/']")
    assert "q=" not in lookup.current_url


def test_it_works_without_the_network(lookup):
    lookup.execute_cdp_cmd("Network.enable", {})
    lookup.execute_cdp_cmd("Network.emulateNetworkConditions", {
        "offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
    })
    assert "收藏" in _type(lookup, "shoucang")[:3]


def test_a_search_takes_less_than_a_frame(lookup):
    times = lookup.execute_async_script(
        """const done = arguments[0];
        import("/static/js/lookup.js").then(async ({ pageIndex }) => {
          const urls = document.querySelector("form[data-live]").dataset.index.split(" ");
          const index = await pageIndex(urls);
          const asked = ["follow", "shoucang", "delete coment", "收藏", "how do i save a photo"];
          done(Array.from({ length: 100 }, (_, i) => {
            const start = performance.now();
            index.search(asked[i % asked.length]);
            return performance.now() - start;
          }));
        });""")
    assert statistics.median(times) < 16.7


def test_an_entry_never_opened_is_shown_from_the_index(lookup, live_url):
    """The service worker answers with the page for no network at the entry's own address."""
    def arrive(ident):
        lookup.get(f"{live_url}/offline")
        assert not lookup.find_element(By.CSS_SELECTOR, "[data-kept-entry]").is_displayed()
        return lookup.execute_async_script(
            """const [id, done] = arguments;
            history.replaceState(null, "", `/entry/${id}`);
            import("/static/js/kept-entry.js")
              .then(({ enhanceKeptEntry }) => enhanceKeptEntry(document))
              .then(() => {
                const box = document.querySelector("[data-kept-entry]");
                done(box.hidden ? "" : box.innerText);
              });""", ident)

    shown = arrive("settings-account.delete")
    assert "注销账号" in shown
    assert "Delete account" in shown
    assert "zhù" in shown
    assert "注销账号" in lookup.title
    assert arrive("note.never-was") == ""
    assert "No network" in lookup.find_element(By.TAG_NAME, "h1").text
