"""The Argos package index: which packages can be had, and installing one by its name."""

from __future__ import annotations

import http.client
import json
import re
import urllib.error
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from helper.errors import N_, PackageError
from helper.translation.archive import scores
from helper.translation.download import (
    TIMEOUT,
    Download,
    Progress,
    answered,
    open_url,
    unreachable,
)
from helper.translation.packages import PackageInfo, PackageStore
from helper.translation.shelf import version_key
from helper.translation.trial import LANGUAGES

_MAX_INDEX = 20_000_000
#: Seconds to wait for another process that downloads the same package.
_WAIT = 1800.0


@dataclass(frozen=True)
class Available:
    """A package in the index.

    Attributes:
        info: what ``models list`` shows.
        links: where it can be downloaded, best first.
        sha256: the file's checksum in hex; empty if the index gives none.
    """

    info: PackageInfo
    links: tuple[str, ...]
    sha256: str = ""


def index_address(setting: str) -> str:
    """The address of the index: the setting, or else argostranslate's own.

    Args:
        setting: Settings.package_index; the index's folder will do, as in argostranslate.
    """
    if not setting:
        from argostranslate import settings

        return str(settings.remote_package_index)
    return setting if setting.endswith(".json") else setting.rstrip("/") + "/index.json"


class Index:
    """A package index on the web.

    Args:
        address: of its index.json; see ``index_address``.
        timeout: seconds without a byte after which a server counts as silent.
    """

    def __init__(self, address: str, timeout: float = TIMEOUT) -> None:
        self.address = address
        self._timeout = timeout

    def available(self) -> list[Available]:
        """The packages between English and Chinese.

        Raises:
            PackageError: no network, no answer in time, or no index at that address.
        """
        try:
            with open_url(self.address, self._timeout) as response:
                raw = response.read(_MAX_INDEX)
        except urllib.error.HTTPError as error:
            error.close()
            raise answered(self.address, error.code) from error
        except (OSError, http.client.HTTPException) as error:
            raise unreachable(self.address, error, self._timeout) from error
        try:
            listed = json.loads(raw)
        except (ValueError, RecursionError):
            listed = None
        if not isinstance(listed, list):
            raise PackageError(
                N_("“%(url)s” holds no Argos package index; check HELPER_PACKAGE_INDEX."),
                url=self.address,
            )
        found = [_entry(item, self.address) for item in listed if isinstance(item, dict)]
        return [entry for entry in found if entry is not None]

    def newest(self, source: str, target: str) -> Available:
        """The newest package of a direction; PackageError as ``available``, or if none is."""
        found = [entry for entry in self.available()
                 if (entry.info.source, entry.info.target) == (source, target)]
        if not found:
            raise PackageError(
                N_("The package index has no package from “%(source)s” to “%(target)s”."),
                source=source, target=target,
            )
        return max(found, key=lambda entry: version_key(entry.info.version))

    def install(
        self, store: PackageStore, source: str, target: str, progress: Progress | None = None
    ) -> Path | None:
        """Download the newest package of a direction, install it and use it; its folder.

        None if that package was there already and is only taken into use. What a broken-off
        download left is used; another process that downloads the same is waited for.

        Raises:
            PackageError: see ``newest``, ``Download.run`` and ``PackageStore.install``.
        """
        entry = self.newest(source, target)
        downloads = store.folder / ".downloads"
        name = f"{source}-{target}-{re.sub('[^0-9A-Za-z.]', '-', entry.info.version)[:40]}"
        try:
            downloads.mkdir(parents=True, exist_ok=True)
            with FileLock(downloads / f"{source}-{target}.lock", timeout=_WAIT):
                for link in entry.links:
                    if store.has(source, target, entry.info.version, link):
                        store.use(source, target, entry.info.version)
                        return None
                return self._install(store, entry, downloads / f"{name}.argosmodel", progress)
        except Timeout as error:
            raise PackageError(
                N_("Another process is downloading this package; wait until it has finished.")
            ) from error
        except OSError as error:
            raise PackageError(
                N_("The folder %(folder)s cannot be changed: %(reason)s."),
                folder=str(downloads), reason=error.strerror or str(error),
            ) from error

    def _install(
        self, store: PackageStore, entry: Available, into: Path, progress: Progress | None
    ) -> Path:
        """From the first link that works."""
        failure: PackageError | None = None
        for link in entry.links:
            try:
                file = Download(link, into, entry.sha256, self._timeout).run(progress)
            except PackageError as error:
                failure = failure or error
                continue
            try:
                return store.install(file, "index", link)
            finally:
                file.unlink(missing_ok=True)
        assert failure is not None  # an entry has at least one link
        raise failure


def _web(address: str, link: str) -> str:
    """A link of the index as a full web address; empty if it is none."""
    try:
        joined = urllib.parse.urljoin(address, link)
    except ValueError:
        return ""
    return joined if joined.startswith(("http://", "https://")) else ""


def _entry(item: dict[str, Any], address: str) -> Available | None:
    """An entry of index.json; None if it is no translation between our languages.

    ``sha256`` (or ``checksum``, with or without “sha256:”), ``size`` in bytes and ``scores`` are
    read where an index has them; Argos's own has none of them today.
    """
    source, target = item.get("from_code"), item.get("to_code")
    version, links = item.get("package_version"), item.get("links")
    if (
        source not in LANGUAGES or target not in LANGUAGES or source == target
        or item.get("type", "translate") != "translate" or not isinstance(version, str)
        or not isinstance(links, list)
    ):
        return None
    web = tuple(link for link in (_web(address, str(link)) for link in links) if link)
    stated = str(item.get("sha256") or item.get("checksum") or "").lower().removeprefix("sha256:")
    size = item.get("size")
    info = PackageInfo(
        source, target, version, size if isinstance(size, int) and 0 < size < 2**40 else None,
        "available", None, False, *scores(item),
    )
    checksum = stated if re.fullmatch("[0-9a-f]{64}", stated) else ""
    return Available(info, web, checksum) if web else None
