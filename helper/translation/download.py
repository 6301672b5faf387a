"""Fetching a file over HTTP: with progress, a timeout, a checksum, and resumption.

An unfinished download stays beside its place as ``NAME.part``, with what identifies the file on
the server in ``NAME.part.json``, so that the next try asks for the missing bytes only.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import re
import socket
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from helper.errors import N_, PackageError
from helper.translation.archive import MAX_SIZE

#: Seconds without a byte after which a server counts as silent.
TIMEOUT = 30.0
#: Called with the bytes that are here and the bytes there are in all (None if unknown).
Progress = Callable[[int, int | None], None]
_CHUNK = 1 << 16
#: Tries in a row that bring nothing new before a download that had begun is given up.
_TRIES = 3
_AGENT = "rednote-helper"


class _Partial(msgspec.Struct, frozen=True):
    """What identifies an unfinished file: its address, and the server's words about it."""

    url: str
    validator: str = ""
    total: int | None = None


class _Interrupted(Exception):
    """The connection ended or fell silent before the file was complete."""


@dataclass(frozen=True)
class Download:
    """One file to fetch.

    Attributes:
        url: its http or https address.
        into: where it goes; the folder is made if need be.
        sha256: its checksum in hex; empty if unknown.
        timeout: seconds without a byte after which the server counts as silent.
        limit: largest size in bytes.
    """

    url: str
    into: Path
    sha256: str = ""
    timeout: float = TIMEOUT
    limit: int = MAX_SIZE

    @property
    def _part(self) -> Path:
        return self.into.with_name(self.into.name + ".part")

    @property
    def _papers(self) -> Path:
        return self.into.with_name(self.into.name + ".part.json")

    def run(self, progress: Progress | None = None) -> Path:
        """Fetch the file and return its path; continues an earlier try where it stopped.

        Raises:
            PackageError: no network, no such file, a silent server, another checksum, too
                large, or no room on the disk. The message is one sentence.
        """
        try:
            self.into.parent.mkdir(parents=True, exist_ok=True)
            resumed = self._part.exists()
            self._fetch(progress)
            if not self._matches() and resumed:  # the beginning was of another file
                self._forget()
                self._fetch(progress)
            if not self._matches():
                self._forget()
                raise PackageError(
                    N_("The file from %(host)s is not the one that the index describes (its"
                       " checksum differs), so it was not installed; try again later."),
                    host=_host(self.url),
                )
            self._part.replace(self.into)
            self._papers.unlink(missing_ok=True)
        except OSError as error:
            raise PackageError(
                N_("The download cannot be kept in %(folder)s: %(reason)s."),
                folder=str(self.into.parent), reason=error.strerror or str(error),
            ) from error
        return self.into

    def _fetch(self, progress: Progress | None) -> None:
        """Until the file is complete, or several tries in a row brought nothing new."""
        furthest, left = self._size(), _TRIES
        while True:
            try:
                return self._attempt(progress)
            except _Interrupted as error:
                size = self._size()
                left = _TRIES if size > furthest else left - 1
                furthest = max(furthest, size)
                if left == 0:
                    raise PackageError(
                        N_("The download from %(host)s broke off after %(size).1f MB (%(reason)s);"
                           " run the same command again and it goes on from there."),
                        host=_host(self.url), size=size / 1e6, reason=str(error),
                    ) from error
                time.sleep(0.2 * (_TRIES - left))

    def _attempt(self, progress: Progress | None) -> None:
        known = self._read_papers()
        start = self._size() if known else 0
        headers = {"Accept-Encoding": "identity"}
        if start and known:
            headers["Range"] = f"bytes={start}-"
            if known.validator:
                headers["If-Range"] = known.validator
        try:
            response = open_url(self.url, self.timeout, headers)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == 416 and start:  # the part is longer than the file is now
                self._forget()
                raise _Interrupted("416") from error
            raise answered(self.url, error.code) from error
        except (OSError, http.client.HTTPException) as error:
            if start:
                raise _Interrupted(reason(error)) from error
            raise unreachable(self.url, error, self.timeout) from error
        with response:
            total = self._place_of(response, start, known)
            if total is None:
                self._forget()
                raise _Interrupted("Content-Range")
            self._receive(response, *total, progress)

    def _place_of(
        self, response: Any, start: int, known: _Partial | None
    ) -> tuple[int, int | None] | None:
        """Where the answer's bytes begin and the file's size; None if they fit nowhere."""
        if response.status != 206:
            length = response.headers.get("Content-Length", "")
            return 0, int(length) if length.isdecimal() else None
        match = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", response.headers.get("Content-Range", ""))
        if not match or int(match[1]) != start or (known and known.total not in
                                                   (None, int(match[2]))):
            return None
        return start, int(match[2])

    def _receive(
        self, response: Any, start: int, total: int | None, progress: Progress | None
    ) -> None:
        if (total or 0) > self.limit:
            raise self._too_large()
        tag = response.headers.get("ETag", "")
        validator = tag if tag[:1] == '"' else response.headers.get("Last-Modified", "")
        if not start:
            self._part.write_bytes(b"")
            self._papers.write_bytes(msgspec.json.encode(_Partial(self.url, validator, total)))
        done = start
        with self._part.open("ab") as file:
            while True:
                if progress:
                    progress(done, total)
                try:
                    chunk = response.read1(_CHUNK)
                except (OSError, http.client.HTTPException) as error:
                    raise _Interrupted(reason(error)) from error
                if not chunk:
                    break
                done += len(chunk)
                if done > self.limit:
                    raise self._too_large()
                file.write(chunk)
        if total is not None and done != total:
            raise _Interrupted("the connection was closed")

    def _too_large(self) -> PackageError:
        self._forget()
        return PackageError(
            N_("The file from %(host)s is larger than %(limit)d MB and was refused."),
            host=_host(self.url), limit=self.limit // 1_000_000,
        )

    def _matches(self) -> bool:
        if not self.sha256:
            return True
        with self._part.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256.lower()

    def _size(self) -> int:
        return self._part.stat().st_size if self._part.exists() else 0

    def _read_papers(self) -> _Partial | None:
        try:
            papers = msgspec.json.decode(self._papers.read_bytes(), type=_Partial)
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        return papers if papers.url == self.url else None

    def _forget(self) -> None:
        for file in (self._part, self._papers):
            with contextlib.suppress(FileNotFoundError):
                file.unlink()


def open_url(url: str, timeout: float, headers: dict[str, str] | None = None) -> Any:
    """The server's answer to a GET; raises what urllib.request.urlopen raises.

    Raises:
        PackageError: the address is neither http nor https.
    """
    request = None
    with contextlib.suppress(ValueError):
        if urllib.parse.urlsplit(url).scheme in ("http", "https") and url.isascii():
            request = urllib.request.Request(url, headers={"User-Agent": _AGENT, **(headers or {})})
    if request is None:
        raise PackageError(
            N_("“%(url)s” is no web address; it must start with http:// or https://."), url=url
        )
    return urllib.request.urlopen(request, timeout=timeout)


def unreachable(url: str, error: Exception, timeout: float) -> PackageError:
    """The sentence for a server that gave no answer."""
    if _is_timeout(error):
        return PackageError(
            N_("%(host)s did not answer within %(seconds)g seconds; try again later, or install a"
               " .argosmodel file that you have."), host=_host(url), seconds=timeout,
        )
    return PackageError(
        N_("%(host)s cannot be reached (%(reason)s): check the network connection, or install a"
           " .argosmodel file that you have."), host=_host(url), reason=reason(error),
    )


def answered(url: str, status: int) -> PackageError:
    """The sentence for a server that refused."""
    return PackageError(
        N_("%(host)s answered with status %(status)d instead of the file; try again later."),
        host=_host(url), status=status,
    )


def reason(error: BaseException) -> str:
    """A network error in a few words."""
    inner = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(inner, TimeoutError):
        return "timed out"
    if isinstance(inner, socket.gaierror):
        return "its name was not found"
    if isinstance(inner, OSError) and inner.strerror:
        return inner.strerror
    return "the connection was closed" if isinstance(inner, http.client.HTTPException) else (
        str(inner) or type(inner).__name__)


def _is_timeout(error: BaseException) -> bool:
    inner = error.reason if isinstance(error, urllib.error.URLError) else error
    return isinstance(inner, TimeoutError)


def _host(url: str) -> str:
    return urllib.parse.urlsplit(url).hostname or url
