"""The words all records are made of: texts, figures, durations, sources, states."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

FIGURE = re.compile(r"[-+]?\d{1,15}(?:\.\d{1,20})?")
"""A decimal number; longer ones are no figures of a study, and would overflow in arithmetic."""

SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
COUNTRY = r"^[A-Z]{2}$"
MONTH = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_NEVER = r"""\s<>"\\`\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"""
WEB = f"https?://[^/?#@{_NEVER}]+(?:[/?#][^{_NEVER}]*)?"
"""An address of the web: no other scheme, no name before the host, no sign that changes in which order it is read."""

WEB_ADDRESS = f"^{WEB}$"
NOTICE = rf"^(?:10\.[0-9]{{4,9}}(?:\.[0-9]+)*/\S+|{WEB})$"
P_VALUE = r"^[<>=]?\s?[01]?\.\d+$"

Slug = Annotated[str, StringConstraints(pattern=SLUG)]
"""Lower-case ASCII words joined by hyphens: the form of every id."""

Count = Annotated[int, Field(ge=0, le=10**10)]
"""A number of people, studies or events: none, or up to more than there are people on Earth."""

Country = Annotated[str, StringConstraints(pattern=COUNTRY)]
"""ISO 3166-1 alpha-2 country code."""

WebAddress = Annotated[str, StringConstraints(pattern=WEB_ADDRESS)]
"""Where something stands on the web: pages link to it, so it begins with https:// or http://."""

Language = Literal["en", "nl"]


def _iso(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        raise ValueError("expected a date as 2026-11-22")
    return value


Day = Annotated[datetime.date, BeforeValidator(_iso)]
"""A calendar day, written as 2026-11-22 and in no other way."""


class Figure(str):
    """A number kept as it was printed; ``"0.30"`` keeps its rounding. Compare by ``value``."""

    __slots__ = ()

    @property
    def value(self) -> float:
        """Return the number."""
        return float(self)

    @property
    def decimals(self) -> int:
        """Return how many decimals were printed."""
        return len(self.partition(".")[2])

    @property
    def half_unit(self) -> float:
        """Return half a unit of the last printed digit: how far rounding may have moved the number."""
        return 0.5 * 10.0**-self.decimals

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate like a string that is a plain decimal number."""
        return core_schema.no_info_after_validator_function(cls._parse, core_schema.str_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, source: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return a form of its own, of which `model.schema` makes what editors need."""
        return {"type": "string", "format": "figure"}

    @classmethod
    def _parse(cls, text: str) -> Figure:
        plain = text.strip()
        if not FIGURE.fullmatch(plain):
            raise ValueError("a number is written with digits (15 at most), a dot for decimals and - for minus")
        return cls(plain)


class Record(BaseModel):
    """The base of everything read from YAML: frozen, and unknown keys are refused."""

    # a validator is built when it is first used: checking one record needs only those of its kind
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)


Aliases = Annotated[
    tuple[Slug, ...],
    Field(description="Former ids, if it was renamed: its old addresses and citation keys keep answering."),
]


class Filed(Record):
    """A record with a file of its own: the file name is its id, its URL and its citation key."""

    id: Slug = Field(description="The file name without its ending; never written inside the file.")
    file: str = Field(description="Path of the file below the evidence folder; set by the loader.")


class Text(Record):
    """A text that people read, per language."""

    en: str = Field(min_length=1, description="British English.")
    nl: str | None = Field(None, min_length=1, description="Dutch.")

    def text(self, language: Language = "en") -> str:
        """Return the text in that language, or the English one where it is not translated."""
        return (self.nl or self.en) if language == "nl" else self.en


class Duration(Record):
    """A length of time in the unit the paper uses; exactly one unit is given."""

    days: Figure | None = Field(None, description="Days.")
    weeks: Figure | None = Field(None, description="Weeks.")
    months: Figure | None = Field(None, description="Months.")
    years: Figure | None = Field(None, description="Years.")

    @model_validator(mode="after")
    def _one_unit(self) -> Duration:
        if sum(unit is not None for unit in (self.days, self.weeks, self.months, self.years)) != 1:
            raise ValueError("give exactly one of days, weeks, months, years")
        return self

    @property
    def amount(self) -> tuple[Figure, str]:
        """Return the figure and its unit, e.g. ``("12", "weeks")``."""
        for unit in ("days", "weeks", "months", "years"):
            figure = getattr(self, unit)
            if figure is not None:
                return figure, unit
        raise AssertionError("a duration has one unit")

    @property
    def in_weeks(self) -> float:
        """Return the length in weeks; a month is a twelfth of 365.25 days."""
        figure, unit = self.amount
        return figure.value * {"days": 1 / 7, "weeks": 1.0, "months": 365.25 / 84, "years": 365.25 / 7}[unit]


class Source(Record):
    """Where a figure or a statement stands, so that anybody can look it up."""

    report: str = Field(description="Citation key of the report (or of the work read in its stead).")
    via: str | None = Field(
        None,
        description="Citation key of the named secondary source in which it was seen, if not in the report itself.",
    )
    locator: str = Field(min_length=1, description="Where in it: Abstract, Table 2, page 1675.")
    printed: str | None = Field(None, description="The figures exactly as printed there.")
    computed: tuple[str, ...] = Field(
        (), description="Figures worked out by us from printed ones, as arithmetic: '571 + 5210 = 5781'."
    )


class Status(Record):
    """Whether a record still stands. Records are never deleted: they say what happened to them."""

    state: Literal["current", "retracted", "expression-of-concern", "superseded", "withdrawn"] = Field(
        "current", description="The state of the work or of the record."
    )
    on: Day | None = Field(None, description="Since when; required unless current.")
    reason: Text | None = Field(None, description="Why; required unless current.")
    notice: Annotated[str, StringConstraints(pattern=NOTICE)] | None = Field(
        None, description="DOI or URL of the notice that says so."
    )
    by: Slug | None = Field(None, description="Id of the record that supersedes this one.")


class Waiver(Record):
    """A rule that a record may break, with the reason; shown on the record's page."""

    rule: str = Field(description="Id of the rule.")
    reason: Text = Field(description="Why it does not apply here.")
