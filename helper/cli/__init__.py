"""The command line: ``rednote-helper VERB``.

Bad input is one line on stderr and exit status 2; a fault of ours is exit status 1.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from helper.cli import compose, content, models, practise, serve, translate
from helper.errors import HelperError
from helper.services import Services
from helper.settings import from_environment

#: Modules that each add their verbs with ``add(subparsers)``.
_MODULES = (serve, content, translate, compose, models, practise)


class _Parser(argparse.ArgumentParser):
    """argparse with one line on stderr instead of the usage text."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(2, f"rednote-helper: {message}; see {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    root = _Parser(
        prog="rednote-helper",
        description="Look up, translate and practise for Xiaohongshu (RedNote), offline.",
    )
    root.add_argument("--version", action="store_true", help="print the version and stop")
    verbs = root.add_subparsers(dest="verb", metavar="VERB", parser_class=_Parser)
    for module in _MODULES:
        module.add(verbs)
    return root


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; the exit status."""
    for stream in (sys.stdout, sys.stdin):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "replace"
            )
    root = parser()
    options = root.parse_args(arguments)
    if options.version:
        from helper import __version__

        print(f"rednote-helper {__version__}")
        return 0
    if options.verb is None:
        root.error(
            "say what to do: "
            + ", ".join(
                sorted(root._subparsers._group_actions[0].choices)  # type: ignore[union-attr,arg-type]
            )
        )
    try:
        return options.run(Services(from_environment()), options) or 0
    except HelperError as error:
        print(f"rednote-helper: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except (PermissionError, NotADirectoryError, FileExistsError) as error:
        print(
            f"rednote-helper: {error.filename or 'the data folder'} cannot be written; set"
            " HELPER_DATA_DIR to a folder of yours.",
            file=sys.stderr,
        )
        return 2
    except BrokenPipeError:
        # the reader went away (| head): no message, and none at shutdown either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("HELPER_DEBUG"):
            raise
        # a fault of ours: its kind and place, never the user's text
        place = traceback.extract_tb(error.__traceback__)[-1]
        print(
            f"rednote-helper: our mistake: {type(error).__name__} in"
            f" {Path(place.filename).name}:{place.lineno}; HELPER_DEBUG=1 shows more.",
            file=sys.stderr,
        )
        return 1
