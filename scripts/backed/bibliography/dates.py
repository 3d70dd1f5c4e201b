"""When a work was published, from the fields BibTeX and BibLaTeX have for it, and as one ISO date."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from ..model import Reference

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:/.*)?")
UNDATED = "XXXX"
"""A year of which no digit is known, as ISO 8601-2 (EDTF) writes it."""


@dataclass(frozen=True)
class Published:
    """Year as written, month and day (from 1) where they are known; ``unclear`` holds the fields not understood."""

    year: str = ""
    month: int | None = None
    day: int | None = None
    unclear: tuple[str, ...] = ()


def published(date: str, year: str, month: str, day: str) -> Published:
    """Return the date of publication; ``date`` (2024-07-13) goes before the three single fields.

    A month is a name, the beginning of one, or a number; it may bring the day with it (``13 July``).
    """
    if date and date != UNDATED:
        found = _DATE.fullmatch(date)
        if found and _exists(found[1], found[2], found[3]):
            return Published(found[1], _number(found[2]), _number(found[3]))
        return Published(year or date, unclear=("date",))
    unclear = [] if not year or re.fullmatch(r"\d{4}", year) else ["year"]
    number, own_day = _month(month)
    if month and number is None:
        unclear.append("month")
    chosen = day or own_day
    if chosen and not (number and _exists(year, str(number), chosen)):
        unclear.append("day" if day else "month")
        chosen = ""
    return Published(year, number, _number(chosen), tuple(dict.fromkeys(unclear)))


def _month(text: str) -> tuple[int | None, str]:
    """Return the number of a month and the day written beside it, if any."""
    words = re.findall(r"[A-Za-z]+", text)
    numbers = re.findall(r"\d+", text)
    if words:
        word = words[0].lower()
        named = (number for number, month in enumerate(_MONTHS, 1) if len(word) > 2 and month.startswith(word))
        return next(named, None), numbers[0] if numbers else ""
    return (int(numbers[0]), "") if numbers and 1 <= int(numbers[0]) <= 12 else (None, "")


def _exists(year: str, month: str | None, day: str | None) -> bool:
    """Say whether the calendar has this day; a year that is no number counts as a leap year."""
    try:
        datetime.date(int(year) if re.fullmatch(r"\d{4}", year) else 2000, int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def iso_date(reference: Reference) -> str:
    """Return when a work was published as far as it is known (``2004``, ``2004-12``, ``2004-12-01``), or ''."""
    if not re.fullmatch(r"\d{4}", reference.year, re.ASCII):
        return ""
    month = f"-{reference.month:02}" if reference.month else ""
    return f"{reference.year}{month}{f'-{reference.day:02}' if month and reference.day else ''}"
