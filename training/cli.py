"""The command line of the pipeline: parses, calls one function of a stage, returns its status."""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Sequence
from pathlib import Path

from training.config import CORPUS, OUT, SIZES, DataConfig, TrainConfig, record_folder, run_folder
from training.progress import Reporter


def _prepare(args: argparse.Namespace, report: Reporter) -> int:
    from training.app_text import read_app
    from training.prepare import prepare

    prepare(
        run_folder(args.run), record_folder(args.run), args.external, args.sets, report, read_app()
    )
    return 0


def _vocabulary(args: argparse.Namespace, report: Reporter) -> int:
    from training.vocabulary import train_vocabulary

    train_vocabulary(args.run, args.pieces or SIZES[args.size].vocabulary, report)
    return 0


def _train(args: argparse.Namespace, report: Reporter) -> int:
    if args.legs:
        from training.legs import run_legs

        passed = [a for a in args.raw if a != "--legs"]
        if args.minutes is None:
            passed += ["--minutes", "15"]
        return run_legs(passed, report)
    from training.train import run_leg

    config = TrainConfig(
        size=args.size, seed=args.seed, peak_rate=args.rate, batch_tokens=args.batch_tokens,
        micro_tokens=args.micro_tokens, model=SIZES[args.size],
        data=DataConfig(own_copies=args.own_copies, external_share=args.external_share),
    )  # fmt: skip
    return run_leg(args.run, config, args.updates, args.minutes, args.init, args.threads, report)


def _export(args: argparse.Namespace, report: Reporter) -> int:
    from training.export import export

    scores = None
    if args.scores:
        from training.evaluate import stated_scores

        scores = stated_scores(record_folder(args.run) / "scores.json", args.scores)
    export(args.run, args.out, args.last, report, args.blend, args.share, args.update, scores)
    return 0


def _evaluate(args: argparse.Namespace, report: Reporter) -> int:
    from training.evaluate import evaluate, write_scores
    from training.report import put_into, render

    systems = dict(args.system or [("new", OUT)])
    result = evaluate(systems, args.sets, args.limit, report)
    if args.limit is None:
        write_scores(record_folder(args.run) / "scores.json", result)
    if args.report:
        put_into(args.report, render(result, list(systems), args.note))
        report.say(f"evaluate: wrote {args.report}")
    return 0


def _backtranslate(args: argparse.Namespace, report: Reporter) -> int:
    from training.synthetic import backtranslate

    backtranslate(run_folder(args.run), args.packages, args.lines, args.share, report)
    return 0


def _distil(args: argparse.Namespace, report: Reporter) -> int:
    from training.export import export_snapshots
    from training.synthetic import distil

    teachers = export_snapshots(args.run, args.last, report)
    distil(run_folder(args.run), teachers, args.hypotheses, args.limit, report)
    return 0


def _pack(args: argparse.Namespace, report: Reporter) -> int:
    from training.carry import pack

    pack(args.run, args.out, args.weights, report)
    return 0


def _adopt(args: argparse.Namespace, report: Reporter) -> int:
    from training.carry import adopt

    adopt(args.run, args.source, report)
    return 0


def _check(args: argparse.Namespace, report: Reporter) -> int:
    from training.check import check

    return check(args.files or sorted(CORPUS.glob("*.tsv")), report)


def _system(text: str) -> tuple[str, Path]:
    name, mark, folder = text.partition("=")
    if not mark or not any(Path(folder).glob("*.argosmodel")):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=FOLDER with packages in it")
    return name, Path(folder)


def parser() -> argparse.ArgumentParser:
    """Every stage and its options."""
    top = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    stages = top.add_subparsers(
        dest="stage", required=True,
        parser_class=functools.partial(argparse.ArgumentParser, allow_abbrev=False),
    )  # fmt: skip
    every = argparse.ArgumentParser(add_help=False)
    every.add_argument("--run", default="tiny", help="name of the run (default: tiny)")

    prepare = stages.add_parser("prepare", parents=[every], help="corpora to clean, split pairs")
    prepare.add_argument("--external", type=Path, action="append", default=[], metavar="PATH")
    prepare.add_argument("--sets", type=Path, help="folder of public test sets to keep clear of")
    prepare.set_defaults(call=_prepare)

    vocabulary = stages.add_parser("vocabulary", parents=[every], help="train SentencePiece")
    vocabulary.add_argument("--size", choices=sorted(SIZES), default="tiny")
    vocabulary.add_argument("--pieces", type=int, help="so many pieces (default: the size's)")
    vocabulary.set_defaults(call=_vocabulary)

    usual = TrainConfig()
    train = stages.add_parser("train", parents=[every], help="start a run or go on with it")
    train.add_argument("--size", choices=sorted(SIZES), default="tiny")
    train.add_argument("--init", type=Path, metavar="PACKAGE", help="start from its weights")
    train.add_argument("--updates", type=int, default=40_000)
    train.add_argument("--minutes", type=float, help="end this leg after so long")
    train.add_argument(
        "--legs",
        action="store_true",
        help="restart from the checkpoint again and again, every --minutes (default 15)",
    )
    train.add_argument("--threads", type=int, default=2)
    train.add_argument("--seed", type=int, default=usual.seed)
    train.add_argument("--rate", type=float, default=usual.peak_rate)
    train.add_argument("--batch-tokens", type=int, default=usual.batch_tokens)
    train.add_argument("--micro-tokens", type=int, default=usual.micro_tokens)
    train.add_argument("--own-copies", type=int, default=usual.data.own_copies)
    train.add_argument("--external-share", type=float, default=usual.data.external_share)
    train.set_defaults(call=_train)

    export = stages.add_parser("export", parents=[every], help="checkpoint to packages")
    export.add_argument("--out", type=Path, default=OUT)
    export.add_argument("--update", type=int, help="of this update (default: the newest)")
    export.add_argument(
        "--scores", metavar="SYSTEM", help="state what `evaluate` measured for this system"
    )
    export.add_argument("--last", type=int, default=1, help="average so many sets of weights")
    export.add_argument("--blend", type=Path, metavar="PACKAGE", help="mix its weights in")
    export.add_argument("--share", type=float, default=0.5, help="the package's share of the mix")
    export.set_defaults(call=_export)

    evaluate = stages.add_parser("evaluate", parents=[every], help="packages against references")
    evaluate.add_argument("--system", type=_system, action="append", metavar="NAME=FOLDER")
    evaluate.add_argument("--sets", type=Path, help="folder of public test sets and peers")
    evaluate.add_argument("--limit", type=int, help="so many lines of each set at most")
    evaluate.add_argument("--report", type=Path, help="write the tables into this Markdown file")
    evaluate.add_argument("--note", default="", help="a sentence that stands above the tables")
    evaluate.set_defaults(call=_evaluate)

    back = stages.add_parser("backtranslate", parents=[every], help="real lines, made sources")
    back.add_argument("--packages", type=Path, default=OUT, help="folder of the two packages")
    back.add_argument(
        "--lines",
        type=Path,
        action="append",
        default=[],
        metavar="PATH",
        help="text file or folder of TOML (default: our own training pairs)",
    )
    back.add_argument("--share", type=float, default=0.7, help="best part that is kept")
    back.set_defaults(call=_backtranslate)

    distil = stages.add_parser("distil", parents=[every], help="the last checkpoints' consensus")
    distil.add_argument("--last", type=int, default=3, help="so many snapshots")
    distil.add_argument("--hypotheses", type=int, default=2, help="of each snapshot")
    distil.add_argument("--limit", type=int, help="only so many training pairs")
    distil.set_defaults(call=_distil)

    pack = stages.add_parser("pack", parents=[every], help="a run for a machine lent for minutes")
    pack.add_argument("--out", type=Path, required=True)
    pack.add_argument("--weights", action="store_true", help="weights and curve only: the way back")
    pack.set_defaults(call=_pack)

    adopt = stages.add_parser("adopt", parents=[every], help="take up what came back")
    adopt.add_argument("source", type=Path, help="folder that `pack --weights` made over there")
    adopt.set_defaults(call=_adopt)

    check = stages.add_parser("check", help="name the faulty lines of corpus files")
    check.add_argument("files", type=Path, nargs="*", help="default: all of training/corpus")
    check.set_defaults(call=_check)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one stage; returns the exit status."""
    raw = list(sys.argv[1:] if arguments is None else arguments)
    args = parser().parse_args(raw)
    args.raw = raw[1:]
    status: int = args.call(args, Reporter())
    return status
