"""``models``: the translation packages that are here and that can be had."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from helper.cli.output import print_json
from helper.errors import N_, HelperError, PackageError
from helper.services import Services

if TYPE_CHECKING:
    from helper.translation.download import Progress
    from helper.translation.index import Index
    from helper.translation.packages import PackageInfo

#: Seconds that ``list`` waits for the index; a list that hangs is worse than a shorter one.
_LIST_TIMEOUT = 5.0
_DIRECTION = re.compile("([a-z]{2})-([a-z]{2})")


def add(verbs: Any) -> None:
    """Add the verb."""
    verb = verbs.add_parser(
        "models",
        help="translation packages",
        description="List, install, remove, check and choose translation packages.",
    )
    verb.set_defaults(run=_list, offline=False, json=False)
    actions = verb.add_subparsers(dest="action", metavar="ACTION", parser_class=type(verb))
    verb.add_argument("--json", action="store_true", help="print JSON")

    def action(name: str, run: Any, text: str) -> Any:
        # SUPPRESS: an action's default must not undo “models --json ACTION”
        parser = actions.add_parser(name, help=text, description=text)
        parser.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="print JSON"
        )
        parser.set_defaults(run=run)
        return parser

    parser = action("list", _list, "packages that are here, and those in the index")
    parser.add_argument("--offline", action="store_true", help="do not ask the package index")
    parser = action("install", _install, "install a package and use it")
    parser.add_argument("package", help="a .argosmodel file, en-zh or zh-en")
    parser = action("remove", _remove, "remove installed packages; the app's own stay")
    parser.add_argument("direction", help="en-zh or zh-en")
    parser.add_argument("wanted", metavar="version", nargs="?", default="", help="only this one")
    action("verify", _verify, "check the files of every package and that it translates")
    parser = action("use", _use, "choose the package that translations use")
    parser.add_argument("direction", help="en-zh or zh-en")
    parser.add_argument(
        "wanted", metavar="version", help="a version that “list” shows, or bundled: the app's own"
    )


def _index(parts: Services, timeout: float | None = None) -> Index:
    from helper.translation.index import Index, index_address

    address = index_address(parts.settings.package_index)
    return Index(address, timeout) if timeout else Index(address)


def _list(parts: Services, options: argparse.Namespace) -> int:
    """What is here first; the index is asked last, and its silence is only a remark."""
    found = [*parts.packages.bundled(), *parts.packages.installed()]
    remark = ""
    if not options.offline:
        try:
            found += [entry.info for entry in _index(parts, _LIST_TIMEOUT).available()]
        except PackageError as error:
            remark = str(error)
    if options.json:
        print_json({"packages": [_as_dict(info) for info in found], "remark": remark})
        return 0
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("direction", "version", "size", "chrF", "BLEU", "state", ""):
        table.add_column(
            title, justify="right" if title in ("size", "chrF", "BLEU") else "left", no_wrap=True
        )
    for info in found:
        table.add_row(
            f"{info.source}-{info.target}",
            info.version,
            f"{info.size / 1e6:.1f} MB" if info.size is not None else "?",
            *("" if score is None else f"{score:.1f}" for score in (info.chrf, info.bleu)),
            info.state,
            "in use" if info.active else "",
        )
    Console(highlight=False, markup=False).print(table)
    if remark:
        print(f"No packages of the index: {remark}", file=sys.stderr)
    return 0


def _as_dict(info: PackageInfo) -> dict[str, Any]:
    return {
        "from": info.source,
        "to": info.target,
        "version": info.version,
        "size": info.size,
        "state": info.state,
        "active": info.active,
        "chrf": info.chrf,
        "bleu": info.bleu,
        "path": str(info.path) if info.path else None,
    }


def _install(parts: Services, options: argparse.Namespace) -> int:
    path = Path(options.package).expanduser()
    match = _DIRECTION.fullmatch(options.package)
    folder: Path | None
    if path.is_file():
        folder = parts.packages.install(path)
    elif match:
        index = _index(parts)
        with _progress(f"{match[0]}") as progress:
            folder = index.install(parts.packages, match[1], match[2], progress)
    else:
        raise PackageError(
            N_("There is no file “%(file)s”; name a .argosmodel file, en-zh or zh-en."),
            file=options.package,
        )
    if options.json:
        print_json({"installed": folder.name if folder else None})
    else:
        print(
            f"installed {folder.name}, and in use"
            if folder
            else f"the newest {options.package} is installed already, and in use"
        )
    return 0


@contextmanager
def _progress(title: str) -> Iterator[Progress]:
    """A progress bar on stderr, where that is a terminal."""
    from rich.progress import BarColumn, DownloadColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    columns = (
        "{task.description}",
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _direction(text: str) -> tuple[str, str]:
    match = _DIRECTION.fullmatch(text)
    if not match:
        raise PackageError(
            N_("“%(direction)s” is no direction; name en-zh or zh-en."), direction=text
        )
    return match[1], match[2]


def _remove(parts: Services, options: argparse.Namespace) -> int:
    gone = parts.packages.remove(*_direction(options.direction), options.wanted)
    if options.json:
        print_json({"removed": [info.path.name for info in gone if info.path]})
    else:
        for info in gone:
            print(f"removed {info.path.name if info.path else info.version}")
    return 0


def _verify(parts: Services, options: argparse.Namespace) -> int:
    """Exit status 2 if any is damaged: scripts ask for that."""
    checks = parts.packages.verify()
    if options.json:
        print_json(
            {
                "packages": [
                    {
                        "name": check.name,
                        "sound": check.problem is None,
                        "problem": str(check.problem) if check.problem else None,
                    }
                    for check in checks
                ]
            }
        )
    else:
        for check in checks:
            if check.problem is None:
                print(f"{check.name}: sound")
            else:
                _complain(check.problem)
    return 2 if any(check.problem for check in checks) else 0


def _complain(problem: HelperError) -> None:
    print(f"rednote-helper: {problem}", file=sys.stderr)


def _use(parts: Services, options: argparse.Namespace) -> int:
    source, target = _direction(options.direction)
    parts.packages.use(source, target, options.wanted)
    if options.json:
        print_json({"direction": options.direction, "version": options.wanted})
    else:
        print(f"{options.direction} uses {options.wanted} from now on")
    return 0
