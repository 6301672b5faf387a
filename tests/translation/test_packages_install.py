"""Installing, choosing and removing package files; what is refused leaves all as it was."""

from __future__ import annotations

import logging
import os
import random
import stat
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest

from helper.errors import EngineUnavailable, PackageError
from helper.translation import archive, shelf
from helper.translation.engine import ArgosEngine
from helper.translation.packages import BUNDLED, PackageStore
from tests.translation.package_tools import VERSION, make, parts_of

ROOT = "translate-en_zh-1_0"


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    """A package of version 2.0."""
    return make(tmp_path_factory.mktemp("files") / "second.argosmodel", "2.0",
                metadata={"scores": {"chrf": 34.3, "bleu": 17.5}})


@pytest.fixture
def store(tmp_path):
    return PackageStore(tmp_path / "data")


def translate(engine):
    return engine.translate(["Hello!"], "en", "zh", 0)[0][0].text


def seen(store):
    """All that a user sees of a store, and that no rubbish lies in it."""
    if store.folder.exists():
        rubbish = [path.name for path in store.folder.iterdir() if path.name.startswith((".new",
                                                                                         ".old"))]
        assert rubbish == []
    return [(info.version, info.state, info.active) for info in
            (*store.bundled(), *store.installed()) if (info.source, info.target) == ("en", "zh")]


def test_an_installed_package_is_used_at_once_and_the_bundled_one_stays(store, second):
    assert seen(store) == [(VERSION, "bundled", True)]
    before = store.current("en", "zh")
    folder = store.install(second)
    assert seen(store) == [(VERSION, "bundled", False), ("2.0", "installed", True)]
    assert store.current("en", "zh")[0] == folder
    assert store.current("en", "zh") != before
    info = store.installed()[0]
    assert (info.chrf, info.bleu) == (34.3, 17.5)
    assert PackageStore(store.folder.parent).current("en", "zh")[0] == folder
    assert store.placeholders("en", "zh") == 5


def test_use_goes_back_and_forth(store, second):
    folder = store.install(second)
    store.use("en", "zh", VERSION)
    assert seen(store) == [(VERSION, "bundled", True), ("2.0", "installed", False)]
    store.use("en", "zh", "2.0")
    assert store.current("en", "zh")[0] == folder
    store.use("en", "zh", "bundled")
    assert seen(store) == [(VERSION, "bundled", True), ("2.0", "installed", False)]
    with pytest.raises(PackageError, match="version 3"):
        store.use("en", "zh", "3")


def test_remove_gives_way_to_the_bundled_one_which_cannot_be_removed(store, second):
    store.install(second)
    assert [info.version for info in store.remove("en", "zh")] == ["2.0"]
    assert seen(store) == [(VERSION, "bundled", True)]
    assert VERSION in store.current("en", "zh")[0].name
    with pytest.raises(PackageError, match="stay"):
        store.remove("en", "zh")


def test_other_contents_of_the_same_version_replace_it(store, second, tmp_path):
    first = store.install(second)
    other = store.install(make(tmp_path / "other.argosmodel", "2.0", metadata={"from_name": "E"}))
    assert other != first
    assert seen(store) == [(VERSION, "bundled", False), ("2.0", "installed", True)]
    assert (first / "model" / "model.bin").exists(), "a reader may just be opening it"


def test_a_replaced_package_is_removed_after_a_while(store, second, tmp_path, monkeypatch):
    first = store.install(second)
    monkeypatch.setattr(shelf, "GRACE", -1)
    store.install(make(tmp_path / "other.argosmodel", "2.0", metadata={"from_name": "E"}))
    assert not first.exists()


def test_a_running_translator_goes_on_with_the_old_package_and_picks_up_the_new(store, second):
    engine = ArgosEngine(store, 1)
    before = translate(engine)
    held = engine._model("en", "zh")
    results, stop = [], threading.Event()

    def work():
        while not stop.is_set():
            results.append(translate(engine))

    worker = threading.Thread(target=work)
    worker.start()
    try:
        PackageStore(store.folder.parent).install(second)
        deadline = time.monotonic() + 20
        while engine._model("en", "zh") is held and time.monotonic() < deadline:
            time.sleep(0.02)
    finally:
        stop.set()
        worker.join()
    assert engine._model("en", "zh") is not held
    assert set(results) == {before}
    assert held.translate(["Hello!"], 0)[0][0].text == before


class TestRefused:
    """Nothing is installed, nothing else is changed, and the message is one sentence."""

    @pytest.fixture(autouse=True)
    def _installed(self, store, second):
        store.install(second)

    def refuse(self, store, path, words):
        before = seen(store), store.current("en", "zh")
        with pytest.raises(PackageError, match=words) as caught:
            store.install(path)
        assert "\n" not in str(caught.value)
        assert (seen(store), store.current("en", "zh")) == before

    @pytest.mark.parametrize("name", [
        "../evil.txt", f"{ROOT}/../../evil.txt", "/tmp/evil.txt", "other/evil.txt",
        f"{ROOT}/model/../../../evil", f"{ROOT}\\..\\evil", f"C:/{ROOT}/evil", f"{ROOT}/c:evil",
        f"{ROOT}/./evil", f"{ROOT}//evil", f"{ROOT}/evil.", f"{ROOT}/MODEL/model.bin",
        f"{ROOT}/line\nbreak",
    ])
    def test_entries_outside_the_folder(self, store, tmp_path, name):
        path = make(tmp_path / "evil.argosmodel", "3.0", extra=[(name, b"evil")])
        self.refuse(store, path, "outside its own folder")
        assert not list(tmp_path.rglob("evil*.txt"))

    def test_links(self, store, tmp_path):
        link = zipfile.ZipInfo(f"{ROOT}/passwd")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        path = make(tmp_path / "link.argosmodel", "3.0", extra=[(link, b"/etc/passwd")])
        self.refuse(store, path, "links")

    def test_a_zip_bomb(self, store, tmp_path):
        path = make(tmp_path / "bomb.argosmodel", "3.0", without=("model/model.bin",),
                    extra=[(f"{ROOT}/model/model.bin", bytes(60_000_000))])
        assert path.stat().st_size < 1_000_000
        self.refuse(store, path, "far more")

    def test_a_zip_bomb_that_lies_about_its_size(self, store, tmp_path):
        path = make(tmp_path / "bomb.argosmodel", "3.0",
                    extra=[(f"{ROOT}/bomb", bytes(60_000_000))])
        data = path.read_bytes()
        path.write_bytes(data.replace((60_000_000).to_bytes(4, "little"),
                                      (1000).to_bytes(4, "little")))
        self.refuse(store, path, "damaged")

    def test_bytes_are_counted_whatever_the_zip_claims(self, store, tmp_path, monkeypatch):
        path = make(tmp_path / "big.argosmodel", "3.1")
        monkeypatch.setattr(archive, "MAX_SIZE", 5_000_000)
        monkeypatch.setattr(archive, "_claimed", lambda entries: 1)
        self.refuse(store, path, "far more")

    @pytest.mark.parametrize("missing", [
        "model/model.bin", "model/config.json", "sentencepiece.model",
        "model/shared_vocabulary.json", "metadata.json",
    ])
    def test_missing_parts(self, store, tmp_path, missing):
        path = make(tmp_path / "part.argosmodel", "3.0", without=(missing,))
        self.refuse(store, path, "missing|damaged|no Argos package")

    @pytest.mark.parametrize("share", [0.0, 0.3, 0.97])
    def test_a_truncated_zip(self, store, tmp_path, second, share):
        path = tmp_path / "cut.argosmodel"
        data = second.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])
        self.refuse(store, path, "no Argos package")

    def test_bytes_that_changed_in_the_zip(self, store, tmp_path, second):
        path = tmp_path / "bits.argosmodel"
        data = bytearray(make(path, "3.0").read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        self.refuse(store, path, "damaged")

    @pytest.mark.parametrize("spoil", [
        lambda weights: b"",
        lambda weights: weights[: len(weights) // 2],
        lambda weights: weights[:300_000] + random.Random(1).randbytes(1_000_000)
        + weights[1_300_000:],
    ])
    def test_corrupted_weights_in_a_sound_zip(self, store, tmp_path, spoil):
        weights = spoil(parts_of()["model/model.bin"])
        path = make(tmp_path / "weights.argosmodel", "3.0", change={"model/model.bin": weights})
        self.refuse(store, path, "weights")

    @pytest.mark.parametrize("codes", [("en", "fr"), ("en", "en"), ("../x", "zh")])
    def test_other_languages(self, store, tmp_path, codes):
        path = make(tmp_path / "fr.argosmodel", "3.0",
                    metadata={"from_code": codes[0], "to_code": codes[1]})
        self.refuse(store, path, "only English and Chinese")

    @pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"[" * 100_000, b"\xff\xfe"])
    def test_metadata_that_is_none(self, store, tmp_path, raw):
        path = make(tmp_path / "meta.argosmodel", "3.0", without=("metadata.json",),
                    extra=[(f"{ROOT}/metadata.json", raw)])
        self.refuse(store, path, "metadata")

    def test_no_file_and_no_zip(self, store, tmp_path):
        self.refuse(store, tmp_path / "none.argosmodel", "no file")
        (tmp_path / "text.argosmodel").write_text("hello")
        self.refuse(store, tmp_path / "text.argosmodel", "no Argos package")


def test_a_package_corrupted_on_disk_is_noticed_and_the_bundled_one_stands_in(
    store, second, caplog
):
    folder = store.install(second)
    weights = folder / "model" / "model.bin"
    sound = weights.read_bytes()
    weights.write_bytes(sound[:5_000_000] + b"\0" * 64 + sound[5_000_064:])
    with caplog.at_level(logging.WARNING):
        found, _ = store.current("en", "zh")
        store.current("en", "zh")
    assert VERSION in found.name
    assert [r.levelname for r in caplog.records] == ["WARNING"]
    assert seen(store) == [(VERSION, "bundled", True), ("2.0", "damaged", False)]
    assert translate(ArgosEngine(store, 1))
    problems = [check.name for check in store.verify() if check.problem]
    assert problems == [folder.name]
    with pytest.raises(PackageError, match="damaged"):
        store.use("en", "zh", "2.0")
    assert store.install(second) == folder  # installing again heals it, without a restart
    assert store.current("en", "zh")[0] == folder
    (folder / "sentencepiece.model").unlink()
    assert VERSION in store.current("en", "zh")[0].name


def test_a_bundled_copy_corrupted_on_disk_is_unpacked_anew(store, caplog):
    folder, stamp = store.current("en", "zh")
    (folder / "model" / "model.bin").write_bytes(b"gone")
    again, other = store.current("en", "zh")
    assert (again, "unpacked anew" in caplog.text) == (folder, True)
    assert other != stamp
    assert [check.problem for check in store.verify()] == [None] * 3


@pytest.fixture
def app(tmp_path):
    """A folder of bundled packages that a test can update."""
    folder = tmp_path / "app"
    folder.mkdir()
    make(folder / "translate-en_zh.argosmodel", "1.0")
    return folder


def test_an_update_of_the_app_replaces_its_own_package(app, tmp_path, monkeypatch):
    old, _ = PackageStore(tmp_path / "data", app).current("en", "zh")
    make(app / "translate-en_zh.argosmodel", "1.10")
    monkeypatch.setattr(shelf, "GRACE", -1)
    store = PackageStore(tmp_path / "data", app)
    new, _ = store.current("en", "zh")
    assert "1.10" in new.name
    assert not old.exists()
    assert seen(store) == [("1.10", "bundled", True)]


@pytest.mark.parametrize("how", ["use", "install", "install-other"])
def test_but_never_one_that_the_user_chose(app, tmp_path, how, second):
    store = PackageStore(tmp_path / "data", app)
    if how == "use":
        store.use("en", "zh", "1.0")
    else:
        store.install(second if how == "install-other" else app / "translate-en_zh.argosmodel")
    chosen, _ = store.current("en", "zh")
    make(app / "translate-en_zh.argosmodel", "9.0")
    store = PackageStore(tmp_path / "data", app)
    assert store.current("en", "zh")[0] == chosen
    store.use("en", "zh", "bundled")
    assert "9.0" in store.current("en", "zh")[0].name


def test_no_package_at_all(tmp_path):
    with pytest.raises(EngineUnavailable, match="models install en-zh"):
        PackageStore(tmp_path / "data", tmp_path).current("en", "zh")


def test_a_damaged_bundled_package_is_a_user_error(tmp_path):
    (tmp_path / "translate-en_zh.argosmodel").write_bytes(
        (BUNDLED / "translate-en_zh.argosmodel").read_bytes()[:-1000]
    )
    store = PackageStore(tmp_path / "data", tmp_path)
    with pytest.raises(EngineUnavailable):
        store.current("en", "zh")
    assert store.bundled() == []
    assert [bool(check.problem) for check in store.verify()] == [True]


def test_asking_for_the_current_package_is_cheap(store):
    store.current("en", "zh")
    start = time.perf_counter()
    for _ in range(200):
        store.current("en", "zh")
    assert (time.perf_counter() - start) / 200 < 0.002


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "data").mkdir(mode=0o500)
    with pytest.raises(EngineUnavailable, match="cannot be changed"):
        PackageStore(tmp_path / "data").current("en", "zh")


def test_a_file_where_the_folder_should_be(tmp_path, second):
    (tmp_path / "packages").write_text("")
    with pytest.raises(PackageError, match="cannot be changed"):
        PackageStore(tmp_path).install(second)


def test_two_processes_installing_at_once(store, second, tmp_path):
    other = make(tmp_path / "other.argosmodel", "2.0", metadata={"from_name": "E"})
    code = (
        "import sys; from pathlib import Path; from helper.translation.packages import"
        " PackageStore; store = PackageStore(Path(sys.argv[1]));"
        " [store.install(Path(sys.argv[2])) for _ in range(3)];"
        " print(store.current('en', 'zh')[0].name)"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "data"), str(file)],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                         cwd=Path(__file__).parents[2])
        for file in (second, other)
    ]
    ends = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0], ends
    assert [state for _, state, _ in seen(store)] == ["bundled", "installed"]
    assert [check.problem for check in store.verify()] == [None] * 3
    assert translate(ArgosEngine(store, 1))


def test_a_killed_installation_leaves_no_rubbish(store, second):
    store.folder.mkdir(parents=True)
    (store.folder / ".new-killed" / ROOT).mkdir(parents=True)
    store.install(second)
    assert seen(store)[1] == ("2.0", "installed", True)


def test_a_reader_never_sees_half_a_package(store, second, tmp_path):
    other = make(tmp_path / "other.argosmodel", "2.0", metadata={"from_name": "E"})
    store.install(second)
    reader, stop = PackageStore(tmp_path / "data"), threading.Event()
    seen_folders, wrong = set(), []

    def read():
        while not stop.is_set():
            folder, _ = reader.current("en", "zh")
            seen_folders.add(folder)
            if shelf.sound(folder) is None:
                wrong.append(folder)

    thread = threading.Thread(target=read)
    thread.start()
    for file in (other, second, other, second):
        store.install(file)
    stop.set()
    thread.join()
    assert wrong == []
    assert len(seen_folders) == 2
