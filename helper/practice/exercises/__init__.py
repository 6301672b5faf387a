"""The kinds of exercise: one module each, found by itself; adding one touches nothing else."""

from __future__ import annotations

import importlib
import pkgutil

from helper.practice.exercises.base import (
    Exercise,
    Form,
    Option,
    Question,
    Skill,
    askable,
    by_kind,
    kinds,
)

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

__all__ = ["Exercise", "Form", "Option", "Question", "Skill", "askable", "by_kind", "kinds"]
