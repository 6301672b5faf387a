"""The learner's days, the daily goal and the streak."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from helper.errors import N_, InvalidInput

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """What was done on one day.

    Attributes:
        answers: reviews given; right: how many of them were known.
        goal: the lowest daily goal that was in force that day.
    """

    answers: int
    right: int
    goal: int

    @property
    def kept(self) -> bool:
        """Whether the goal was reached."""
        return self.answers >= self.goal


def zone(name: str) -> tzinfo:
    """The time zone of that IANA name; raises InvalidInput for an unknown one."""
    if name == "UTC":
        return UTC  # also where the system has no time zone data
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput(N_("There is no time zone “%(zone)s”."), zone=name) from None


def is_zone(name: str) -> bool:
    """Whether there is a time zone of that name."""
    try:
        zone(name)
    except InvalidInput:
        return False
    return True


def local_zone() -> str:
    """The IANA name of this machine's time zone; "" if it cannot be told or is UTC."""
    found = os.environ.get("TZ", "").lstrip(":")
    if not found:
        _, mark, found = str(Path("/etc/localtime").resolve()).partition("/zoneinfo/")
        found = found if mark else ""
    return found if found not in {"", "UTC", "Etc/UTC"} and is_zone(found) else ""


def local_day(moment: datetime, zone_name: str) -> date:
    """The calendar day of ``moment`` where the learner lives."""
    return moment.astimezone(zone(zone_name)).date()


def day_start(day: date, zone_name: str) -> datetime:
    """The first moment of ``day`` there, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=zone(zone_name)).astimezone(UTC)


def streak(days: Mapping[date, Day], today: date) -> int:
    """How many days the goal was kept in a row, up to today.

    One missed day is forgiven (it does not count, it does not break); two in a row end the
    streak. Today counts once its goal is reached and is not missed before it is over.
    """
    kept, missed = 0, 0
    day = today
    if not _kept(days, day):
        day -= _DAY
    while missed < 2:
        if _kept(days, day):
            kept, missed = kept + 1, 0
        else:
            missed += 1
        day -= _DAY
    return kept


def forgiven(days: Mapping[date, Day], today: date) -> bool:
    """Whether the streak lives only because yesterday's miss is forgiven."""
    return (
        not _kept(days, today) and not _kept(days, today - _DAY) and streak(days, today) > 0
    )


def _kept(days: Mapping[date, Day], day: date) -> bool:
    return day in days and days[day].kept
