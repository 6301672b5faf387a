"""Packages from an index on the web: a server of this test's own plays it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from helper import cli
from helper.errors import PackageError
from helper.settings import from_environment
from helper.translation.download import Download
from helper.translation.index import Index, index_address
from helper.translation.packages import PackageStore
from tests.translation.package_tools import SCORES, SIZE, VERSION, make, open_shop

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return make(tmp_path_factory.mktemp("files") / "new.argosmodel", "2.0")


@pytest.fixture
def shop():
    with open_shop() as shop:
        yield shop


@pytest.fixture
def store(tmp_path):
    return PackageStore(tmp_path / "data")


@pytest.fixture
def index(shop):
    return Index(shop.address + "/index.json", timeout=0.5)


def left(store):
    """What downloads left on disk, locks aside."""
    return sorted(path.name for path in (store.folder / ".downloads").iterdir()
                  if path.suffix != ".lock")


def test_the_newest_package_of_the_direction_is_fetched_with_progress(shop, store, index, file):
    shop.sell(file, "1.9")
    name = shop.sell(file, "1.10", size=file.stat().st_size,
                     sha256=hashlib.sha256(file.read_bytes()).hexdigest())
    shop.sell(file, "7.0", "en", "fr")
    shop.sell(file, "7.0", "zh", "en")
    reports = []
    folder = index.install(store, "en", "zh", lambda *report: reports.append(report))
    assert store.current("en", "zh")[0] == folder
    size = file.stat().st_size
    assert reports[0] == (0, size)
    assert reports[-1] == (size, size)
    assert [done for done, _ in reports] == sorted(done for done, _ in reports)
    assert [path for path, _ in shop.asked] == ["/index.json", name]
    assert left(store) == []


def test_what_is_here_already_is_not_fetched_again(shop, store, index, file):
    name = shop.sell(file, "2.0")
    folder = index.install(store, "en", "zh")
    store.use("en", "zh", "bundled")
    assert index.install(store, "en", "zh") is None
    assert store.current("en", "zh")[0] == folder
    (folder / "model" / "model.bin").write_bytes(b"")  # damaged: fetched again
    assert index.install(store, "en", "zh") == folder
    assert [path for path, _ in shop.asked].count(name) == 2


def test_available(shop, index, file):
    shop.sell(file, "2.0", size=123, checksum="sha256:" + "a" * 64, scores={"bleu": 20})
    shop.sell(file, "2.0", "en", "fr")
    entries = json.loads(shop.files["/index.json"])
    entries += [
        17, {}, {"from_code": "en"}, {**entries[0], "links": []}, {**entries[0], "links": "x"},
        {**entries[0], "links": ["file:///etc/passwd"]}, {**entries[0], "type": "sbd"},
        {**entries[0], "links": ["http://["]},
        {**entries[0], "from_code": ["en"]},
        {**entries[0], "package_version": "3", "links": ["/relative.argosmodel"]},
    ]
    shop.files["/index.json"] = json.dumps(entries).encode()
    first, last = index.available()
    assert (first.info.version, first.info.size, first.info.state, first.info.bleu) == (
        "2.0", 123, "available", 20.0)
    assert first.sha256 == "a" * 64
    assert last.links == (shop.address + "/relative.argosmodel",)


def test_an_entry_with_absurd_numbers_spoils_no_other(shop, store, index, file):
    shop.sell(file, "9" * 5000, scores={"chrf": 10**400, "bleu": True})
    shop.sell(file, "2.0", scores={"chrf": 34.3, "bleu": 13})
    listed = [(entry.info.chrf, entry.info.bleu) for entry in index.available()]
    assert listed == [(None, None), (34.3, 13.0)]
    shop.sell(file, "1" * 41, size=10**400)
    assert index.available()[2].info.size is None
    assert index.newest("en", "zh").info.version == "9" * 5000


def test_a_broken_connection_is_taken_up_where_it_ended(shop, store, index, file):
    name = shop.sell(file, "2.0")
    shop.breaks[name] = 4_000_000
    index.install(store, "en", "zh")
    assert shop.asked[1:] == [(name, None), (name, "bytes=4000000-")]


def test_the_next_run_goes_on_from_a_partial_download(shop, store, index, file):
    name = shop.sell(file, "2.0")
    data = shop.files[name]
    shop.stalls[name] = 1_000_000
    shop.stall = 1.0
    with pytest.raises(PackageError, match=r"broke off after .* MB \(timed out\); run the same"):
        # the server falls silent each time, so each try brings a part
        Download(shop.address + name, store.folder / ".downloads" / "en-zh-2.0.argosmodel",
                 timeout=0.3, limit=len(data)).run(_stop_after(shop, name))
    assert left(store) == ["en-zh-2.0.argosmodel.part", "en-zh-2.0.argosmodel.part.json"]
    part = (store.folder / ".downloads" / "en-zh-2.0.argosmodel.part").stat().st_size
    assert part >= 1_000_000
    shop.stalls.clear()
    shop.asked.clear()
    index.install(store, "en", "zh")
    assert shop.asked == [("/index.json", None), (name, f"bytes={part}-")]
    assert left(store) == []


def _stop_after(shop, name):
    """Progress that makes the server send nothing more after the first part."""
    def progress(done, total):
        if done >= 1_000_000:
            shop.stalls[name] = 0
    return progress


def test_a_file_that_changed_meanwhile_is_fetched_from_its_beginning(shop, store, index, file,
                                                                     tmp_path):
    name = shop.sell(file, "2.0")
    into = store.folder / ".downloads" / "en-zh-2.0.argosmodel"
    into.parent.mkdir(parents=True)
    shop.stalls[name], shop.stall = 1_000_000, 1.0
    with pytest.raises(PackageError):
        Download(shop.address + name, into, timeout=0.2).run(_stop_after(shop, name))
    shop.stalls.clear()
    shop.files[name] = make(tmp_path / "x.argosmodel", "2.0",
                            metadata={"from_name": "other"}).read_bytes()
    folder = index.install(store, "en", "zh")
    assert json.loads((folder / "metadata.json").read_bytes())["from_name"] == "other"


def test_a_server_that_cannot_resume(shop, store, index, file):
    name = shop.sell(file, "2.0")
    shop.ranges = False
    shop.breaks[name] = 4_000_000
    index.install(store, "en", "zh")
    assert shop.asked[1:] == [(name, None), (name, "bytes=4000000-")]


def test_a_partial_file_of_something_else_is_found_out_by_the_checksum(shop, store, index, file):
    name = shop.sell(file, "2.0", sha256=hashlib.sha256(file.read_bytes()).hexdigest())
    into = store.folder / ".downloads" / "en-zh-2.0.argosmodel"
    into.parent.mkdir(parents=True)
    into.with_name(into.name + ".part").write_bytes(b"x" * 1000)
    into.with_name(into.name + ".part.json").write_text(json.dumps({"url": shop.address + name}))
    index.install(store, "en", "zh")
    assert shop.asked[1:] == [(name, "bytes=1000-"), (name, None)]


def test_a_wrong_checksum(shop, store, index, file):
    shop.sell(file, "2.0", sha256="0" * 64)
    with pytest.raises(PackageError, match="checksum differs"):
        index.install(store, "en", "zh")
    assert left(store) == []
    assert store.installed() == []


def test_a_package_that_is_none(shop, store, index, file, tmp_path):
    cut = tmp_path / "cut.argosmodel"
    cut.write_bytes(file.read_bytes()[:5_000_000])
    shop.sell(cut, "2.0")
    with pytest.raises(PackageError, match="no Argos package"):
        index.install(store, "en", "zh")
    assert left(store) == []  # a second try must not go on from it


def test_the_next_link_is_tried(shop, store, index, file):
    name = shop.sell(file, "2.0")
    shop.sell(file, "3.0", links=[shop.address + "/gone", shop.address + name])
    assert "3.0" not in index.install(store, "en", "zh").name  # the file itself says 2.0
    assert [path for path, _ in shop.asked] == ["/index.json", "/gone", name]


@pytest.mark.parametrize(("path", "words"), [
    ("/none.json", "status 404"), ("/text", "HELPER_PACKAGE_INDEX"),
    ("/object", "HELPER_PACKAGE_INDEX"), ("/index.json", "has no package"),
])
def test_an_index_that_is_none(shop, store, path, words):
    shop.files |= {"/text": b"<html>", "/object": b"{}", "/index.json": b"[]"}
    with pytest.raises(PackageError, match=words):
        Index(shop.address + path, 0.5).install(store, "en", "zh")


def test_a_silent_server(shop, store, index):
    shop.files["/index.json"] = b"[]"
    shop.stalls["/index.json"], shop.stall = 0, 1.0
    with pytest.raises(PackageError, match=r"did not answer within 0\.5 seconds"):
        index.available()


def test_too_large(shop, tmp_path):
    shop.files["/large"] = bytes(5_000_000)
    with pytest.raises(PackageError, match="larger than 1 MB"):
        Download(shop.address + "/large", tmp_path / "large", limit=1_000_000).run()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/i.json", "http://no.invalid/i.json"])
def test_no_network(store, address):
    with pytest.raises(PackageError, match="cannot be reached") as caught:
        Index(address, 2).install(store, "en", "zh")
    assert str(caught.value).count(".argosmodel") == 1
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://[", "", "http://127.0.0.1/ü"])
def test_only_the_web(address):
    with pytest.raises(PackageError, match="no web address"):
        Index(address).available()


def test_the_address_comes_from_the_setting_or_from_argostranslate(monkeypatch):
    from argostranslate import settings

    monkeypatch.setattr(settings, "remote_package_index", "argos's own")
    assert index_address("") == "argos's own"
    assert from_environment({}).package_index == ""
    given = from_environment({"HELPER_PACKAGE_INDEX": "http://here/"}).package_index
    assert index_address(given) == "http://here/index.json"
    assert index_address("http://here/list.json") == "http://here/list.json"


def test_two_processes_fetching_at_once_fetch_once(shop, store, file, tmp_path):
    name = shop.sell(file, "2.0")
    environment = {"HELPER_DATA_DIR": str(tmp_path / "data"), "HELPER_PACKAGE_INDEX": shop.address,
                   "PATH": "", "HOME": str(tmp_path)}
    running = [
        subprocess.Popen([sys.executable, "-m", "helper", "models", "install", "en-zh"], cwd=ROOT,
                         env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = sorted(process.communicate(timeout=120)[0] for process in running)
    assert [process.returncode for process in running] == [0, 0]
    assert said[0].startswith("installed translate-en_zh-2.0-")
    assert said[1].startswith("the newest en-zh is installed already")
    assert [path for path, _ in shop.asked].count(name) == 1


class TestCommandLine:
    @pytest.fixture(autouse=True)
    def _environment(self, monkeypatch, tmp_path, shop):
        monkeypatch.setenv("HELPER_DATA_DIR", str(tmp_path / "data"))
        monkeypatch.setenv("HELPER_PACKAGE_INDEX", shop.address)

    def run(self, capsys, *words, status=0):
        assert cli.main(["models", *words]) == status
        return capsys.readouterr()

    def test_a_life_with_packages(self, capsys, shop, file):
        shop.sell(file, "2.0", size=9_999_999)
        lines = self.run(capsys).out.splitlines()
        assert lines[0].split() == ["direction", "version", "size", "chrF", "BLEU", "state"]
        assert lines[1].split() == ["en-zh", VERSION, SIZE, "MB", *SCORES, "bundled", "in", "use"]
        assert lines[3].split() == ["en-zh", "2.0", "10.0", "MB", "available"]
        assert "in use" in self.run(capsys, "install", "en-zh").out
        found = json.loads(self.run(capsys, "list", "--offline", "--json").out)["packages"]
        assert [(p["version"], p["state"], p["active"]) for p in found if p["from"] == "en"] == [
            (VERSION, "bundled", False), ("2.0", "installed", True)]
        assert "sound" in self.run(capsys, "verify").out
        self.run(capsys, "use", "en-zh", "bundled")
        assert "removed translate-en_zh-2.0-" in self.run(capsys, "remove", "en-zh", "2.0").out

    @pytest.mark.parametrize(
        "score", [10**400, -1, 101, float("nan"), float("inf"), True, "9"],
        ids=lambda score: str(score)[:8],
    )
    def test_a_package_with_absurd_numbers(self, capsys, tmp_path, score):
        path = make(tmp_path / "absurd.argosmodel", "9" * 5000,
                    metadata={"scores": {"chrf": score, "bleu": 13}})
        self.run(capsys, "install", str(path))
        found = json.loads(self.run(capsys, "list", "--offline", "--json").out)["packages"]
        assert [(p["version"], p["chrf"], p["bleu"]) for p in found
                if p["state"] == "installed"] == [("9" * 40, None, 13.0)]
        self.run(capsys, "remove", "en-zh")

    def test_a_file(self, capsys, file):
        assert "installed translate-en_zh-2.0-" in self.run(capsys, "install", str(file)).out

    def test_damage_is_reported_with_exit_status_2(self, capsys, file, tmp_path):
        self.run(capsys, "install", str(file))
        for weights in (tmp_path / "data" / "packages").glob("*/model/model.bin"):
            weights.write_bytes(b"")
        said = self.run(capsys, "verify", status=2)
        assert "install it again" in said.err
        assert "translate-zh_en.argosmodel: sound" in said.out

    @pytest.mark.parametrize(("words", "message"), [
        (["install", "nothing"], "no file “nothing”"),
        (["install", "zh-en"], "status 404"),
        (["remove", "en"], "no direction"),
        (["remove", "en-zh"], "stay"),
        (["use", "en-zh", "4"], "version 4"),
    ])
    def test_mistakes_are_one_line(self, capsys, words, message):
        said = self.run(capsys, *words, status=2)
        assert message in said.err
        assert said.err.count("\n") == 1

    def test_the_list_works_without_a_network(self, capsys, monkeypatch):
        monkeypatch.setenv("HELPER_PACKAGE_INDEX", "http://127.0.0.1:9")
        said = self.run(capsys, "list")
        assert "bundled" in said.out
        assert "cannot be reached" in said.err
