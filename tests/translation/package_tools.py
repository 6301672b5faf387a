"""For the package tests: packages made from the bundled ones, and a server to fetch them from."""

from __future__ import annotations

import contextlib
import hashlib
import http.server
import json
import re
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from helper.translation.packages import BUNDLED

ROOT = "translate-{}_{}-1_0"


def parts_of(source="en", target="zh") -> dict[str, bytes]:
    """The bundled package's files by their path in its folder."""
    with zipfile.ZipFile(BUNDLED / f"translate-{source}_{target}.argosmodel") as archive:
        return {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()
                if not name.endswith("/")}


#: Version and shown size of the bundled English-to-Chinese package, whatever it is today.
_METADATA = json.loads(parts_of()["metadata.json"])
VERSION = _METADATA["package_version"]
#: chrF and BLEU of the bundled package, as they are listed; none if it states none.
SCORES = [f"{_METADATA['scores'][name]:.1f}" for name in ("chrf", "bleu") if "scores" in _METADATA]
SIZE = f"{(BUNDLED / 'translate-en_zh.argosmodel').stat().st_size / 1e6:.1f}"


def make(
    path: Path, version="2.0", source="en", target="zh", *, without=(), extra=(), change=None,
    metadata=None,
) -> Path:
    """A package file with the bundled weights.

    Args:
        path: the file to write.
        without: files to leave out.
        extra: (ZipInfo or name, bytes) to add; not under the folder.
        change: the file contents to use instead, by path.
        metadata: what to change in metadata.json.
    """
    files = parts_of(source, target) | (change or {})
    described = json.loads(files["metadata.json"])
    files["metadata.json"] = json.dumps(
        described | {"package_version": version} | (metadata or {})
    ).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            if name not in without:
                archive.writestr(f"{ROOT.format(source, target)}/{name}", data)
        for name, data in extra:
            archive.writestr(name, data, zipfile.ZIP_DEFLATED)
    return path


class Shop(http.server.ThreadingHTTPServer):
    """A package index with its files.

    Attributes:
        files: contents by path.
        asked: (path, Range header) of every request.
        breaks: paths and the number of bytes after which the connection ends, once each.
        stalls: paths after whose first bytes nothing more comes, for ``stall`` seconds.
        ranges: whether the server understands Range.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.breaks: dict[str, int] = {}
        self.stalls: dict[str, int] = {}
        self.stall = 3.0
        self.ranges = True

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def sell(self, path: Path, version: str, source="en", target="zh", **more) -> str:
        """Put a package and its entry into the index; returns its path."""
        name = f"/{source}_{target}-{version}.argosmodel"
        self.files[name] = path.read_bytes()
        entries = json.loads(self.files.get("/index.json", b"[]"))
        entries.append({
            "package_version": version, "argos_version": "1.5", "from_code": source,
            "from_name": "X", "to_code": target, "to_name": "Y",
            "links": [self.address + name], **more,
        })
        self.files["/index.json"] = json.dumps(entries).encode()
        return name


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Shop

    def log_message(self, *_):
        pass

    def do_GET(self):
        shop = self.server
        wanted = self.headers.get("Range")
        shop.asked.append((self.path, wanted))
        data = shop.files.get(self.path)
        if data is None:
            self.send_error(404)
            return
        tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        match = re.fullmatch(r"bytes=(\d+)-", wanted or "")
        start = 0
        if match and shop.ranges and self.headers.get("If-Range") in (None, tag):
            start = int(match[1])
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        else:
            self.send_response(200)
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        end = len(data)
        if self.path in shop.breaks:
            end = shop.breaks.pop(self.path)
        if self.path in shop.stalls:
            self.wfile.write(data[start: start + shop.stalls[self.path]])
            self.wfile.flush()
            time.sleep(shop.stall)
            return
        with contextlib.suppress(OSError):
            self.wfile.write(data[start:end])


@contextlib.contextmanager
def open_shop() -> Iterator[Shop]:
    """A running server, empty."""
    shop = Shop()
    thread = threading.Thread(target=shop.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield shop
    finally:
        shop.shutdown()
        shop.server_close()
        thread.join()
