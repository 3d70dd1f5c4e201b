"""The evidence map: treatments and exposures by outcomes, how much is recorded of each, and what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, Final

from ..model import Page, SearchEntry, Term
from ..model.effect import Level
from ..shards import script
from . import words
from .mapped import ALL, SIDES, Amount, Cell, Row, Side, views
from .site import Site
from .verdicts import answer_line

URL = "map/"
DESCRIPTION = (
    "What is recorded of every treatment on every outcome of back pain, how certain it is, and where nothing is."
)

NAMES: Final[dict[Side, tuple[str, str]]] = {
    "interventions": ("Treatments", "treatment"),
    "exposures": ("What people were exposed to", "exposure"),
}
"""How each side of the map is called, and one of its rows."""

KINDS: Final[dict[str, str]] = {
    "trial": "Trials",
    "review": "Reviews",
    "cohort": "Cohorts",
    "cross-sectional": "Cross-sectional studies",
    "single-group": "Studies of one group",
}
"""The kinds of studies that can be looked at apart, as they are called."""

SIZES: Final[tuple[tuple[int, str], ...]] = (
    (100, "under 100 people"),
    (500, "100 to 499"),
    (2000, "500 to 1,999"),
    (10**12, "2,000 or more"),
)
"""The sizes of bubbles: people fewer than which they stand for, and what the key says of them."""


def map_page(site: Site) -> Page:
    """Return the page of the whole map, with a file for each view of it: of a condition and of a kind of study."""
    grids = [_grid(side, site) for side in SIDES if site.evidence_map[side].rows]
    conditions, kinds = _choices(site)
    made = _views(site, [name for name, _ in conditions], [name for name, _ in kinds])
    search = SearchEntry(URL, "Evidence map", DESCRIPTION, ("Evidence map",), 1.5, "gaps overview kaart overzicht")
    return site.page(
        "map.html",
        URL,
        "Evidence map",
        DESCRIPTION,
        search=search,
        head='<link rel="stylesheet" href="../assets/map.css">',
        grids=[grid for grid in grids if grid["outcomes"]],
        sizes=[(number + 1, told) for number, (_, told) in enumerate(SIZES)],
        conditions=conditions,
        kinds=kinds,
        rows=[row for grid in grids for row in grid["listed"]],
        told=made[ALL, ALL]["told"],
        files=[script(f"{URL}{view[0] or 'all'}.{view[1] or 'all'}", held) for view, held in made.items()],
    )


def _grid(side: Side, site: Site) -> dict[str, Any]:
    """Return one side as a grid: its outcomes, its rows of cells, and what stands in no cell, in words."""
    held = site.evidence_map[side]
    known = site.evidence.vocabularies.outcomes
    there = {outcome for row in held.rows.values() for outcome in row.cells}
    outcomes = [outcome for outcome in known if outcome in there]
    rows = [_row(side, row, outcomes, site) for row in held.rows.values()]
    return {
        "side": side,
        "name": NAMES[side][0],
        "outcomes": [(outcome, known[outcome].label.en) for outcome in outcomes],
        "rows": rows,
        "listed": [cell for row in rows for cell in row["cells"] if cell["state"] != "none"],
        "not_measured": site.labels("outcomes", (outcome for outcome in known if outcome not in there)),
        "only_compared": site.labels(side, held.only_compared),
        "beyond": sum(not row["cells"] for row in rows),
    }


def _row(side: Side, row: Row, outcomes: Iterable[str], site: Site) -> dict[str, Any]:
    name = site.label(side, row.term)
    address = f"{side}/{row.term}/" if row.cells else ""
    cells = []
    for outcome in outcomes if row.cells else ():
        cell = {"key": f"{row.term} {outcome}", "address": f"{address}#{outcome}", "state": "none"}
        if outcome in row.cells:
            about = {"row": name, "side": NAMES[side][1], "outcome": site.label("outcomes", outcome)}
            cell |= about | cell_view(row.cells[outcome]) | {"questions": _questions(row.cells[outcome], site)}
        cells.append(cell)
    return {"name": name, "depth": row.depth, "address": address, "studied": row.studied, "cells": cells}


def _questions(cell: Cell, site: Site) -> list[dict[str, Any]]:
    """Return the comparisons that ask about a cell, each once."""
    names = dict.fromkeys(one.comparison for one in cell.asked)
    return [{"id": name, "title": site.evidence.comparisons[name].title.en} for name in names]


def cell_view(cell: Cell) -> dict[str, Any]:
    """Return a cell as it is drawn and said: its state, what stands in the bubble, its size, its certainty.

    The state is `found` (with figures), `told` (results in words only) or `asked` (nothing is recorded that answers).
    """
    held = cell.amount
    everything = held.studies + held.reviews
    state = "asked" if not everything else "told" if held.told == everything else "found"
    said = (
        f"{amount_words(held)}; {certainty_words(cell.level)}" if everything else "asked; nothing recorded answers it"
    )
    return {
        "state": state,
        "lines": lines(held) if everything else ("?",),
        "size": size_of(held.largest) if everything else 0,
        "level": cell.level or "",
        "dots": words.CERTAINTY_DOTS[cell.level] if cell.level else 0,
        "certainty": words.CERTAINTY[cell.level]["en"] if cell.level else "",
        "said": said,
        "studies": held.studies,
        "reviews": held.reviews,
        "people": held.people,
        "reviewed": held.reviewed,
    }


def lines(held: Amount) -> tuple[str, ...]:
    """Return what stands in a bubble, line by line: the number of studies, and of reviews as "2R"."""
    parts = (str(held.studies) if held.studies else "", f"{held.reviews}R" if held.reviews else "")
    return tuple(part for part in parts if part)


def size_of(people: int | None) -> int:
    """Return the step of a bubble's size, from 1; 0 where the number of people is not known."""
    if people is None:
        return 0
    return next(step for step, (below, _) in enumerate(SIZES, 1) if people < below)


def amount_words(held: Amount) -> str:
    """Return how much is recorded: "5 studies with 440 people, 2 reviews, the largest of 2,746 people"."""
    parts = []
    if held.studies:
        many = f"{words.count(held.studies)} {'study' if held.studies == 1 else 'studies'}"
        parts.append(f"{many} with {words.count(held.people)} people" if held.people is not None else many)
    if held.reviews:
        many = f"{words.count(held.reviews)} {'review' if held.reviews == 1 else 'reviews'}"
        largest = "" if held.reviewed is None else f"{words.count(held.reviewed)} people"
        lead = f"{many}, the largest of {largest}" if held.reviews > 1 else f"{many} of {largest}"
        parts.append(lead if largest else many)
    if held.told:
        parts.append(
            "told in words only" if held.told == held.studies + held.reviews else f"{held.told} of them in words only"
        )
    return ", ".join(parts)


def certainty_words(level: Level | None) -> str:
    """Return how certain the most certain answer is, or that nobody has judged it."""
    return f"certainty {words.CERTAINTY[level]['en']}" if level else "certainty not judged"


def _choices(site: Site) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the conditions and the kinds of studies that can be chosen: those of which something is in the map."""
    found = views((row for row in site.mapped_rows.values()), site.evidence.vocabularies.conditions)
    conditions = [
        (name, f"{'– ' * depth}{site.label('conditions', name)}")
        for name, depth in _tree(site.evidence.vocabularies.conditions)
        if (name, ALL) in found
    ]
    return conditions, [(kind, told) for kind, told in KINDS.items() if (ALL, kind) in found]


def _tree(terms: Mapping[str, Term], above: str | None = None, depth: int = 0) -> Iterator[tuple[str, int]]:
    for term, entry in terms.items():
        if entry.broader == above:
            yield term, depth
            yield from _tree(terms, term, depth + 1)


def _views(site: Site, conditions: list[str], kinds: list[str]) -> Mapping[tuple[str, str], dict[str, Any]]:
    """Return each view: its cells by side, term and outcome, ready to be shown, and a sentence on it."""
    known = site.evidence.vocabularies.conditions
    by_side = {side: views(site.evidence_map[side].rows.values(), known) for side in SIDES}
    made = {}
    for view in product((ALL, *conditions), (ALL, *kinds)):
        own = {(side, *place): cell for side in SIDES for place, cell in by_side[side].get(view, {}).items()}
        cells = {" ".join(place): _shard(cell) for place, cell in own.items()}
        studies = {one.study for cell in own.values() for one in cell.counted}
        made[view] = {
            "told": _told(len(studies), sum(bool(cell.counted) for cell in own.values()), view),
            "cells": cells,
        }
    return made


def _shard(cell: Cell) -> list[Any]:
    """Return what a reader's browser needs to draw a cell anew."""
    view = cell_view(cell)
    return [view[name] for name in ("state", "lines", "size", "level", "dots", "said")]


def _told(studies: int, cells: int, view: tuple[str, str]) -> str:
    many = f"{words.count(studies)} {'study or review' if studies == 1 else 'studies and reviews'}"
    told = f"{many} in {words.count(cells)} {'place' if cells == 1 else 'places'}."
    return told if view == (ALL, ALL) else f"{told} An empty place then says that none of these reports it."


MOST = 200
"""Studies a cell lists at the most; beyond that those of narrower terms are left to their own pages."""


def row_page(side: Side, term: str, site: Site) -> Iterator[Page]:
    """Yield the page of one row of the map: outcome by outcome the questions asked of it and the studies recorded."""
    row = site.mapped_rows.get((side, term))
    if row is None or not row.cells:
        return
    url = f"{URL}{side}/{term}/"
    entry: Term = getattr(site.evidence.vocabularies, side)[term]
    outcomes = [name for name in site.evidence.vocabularies.outcomes if name in row.cells]
    sections = [_section(side, row, outcome, site) for outcome in outcomes]
    seen = {one.study for cell in row.cells.values() for one in cell.counted}
    name = entry.label.en
    description = (
        f"{name}: what studies of back pain recorded here measured, outcome by outcome, and how certain it is."
    )
    search = SearchEntry(url, f"{name}: what is recorded", description, ("Evidence map",), 1.0, " ".join(entry.words))
    yield site.page(
        "map-row.html",
        url,
        f"{name}: what is recorded",
        description,
        headings=[(section["id"], section["name"]) for section in sections],
        search=search,
        term=entry,
        name=name,
        kind=NAMES[side][1],
        seen=len(seen),
        wider=_around(side, entry.broader, site),
        narrower=[link for other in _below(side, term, site) for link in _around(side, other, site)],
        sections=sections,
    )


def _below(side: Side, term: str, site: Site) -> list[str]:
    terms: Mapping[str, Term] = getattr(site.evidence.vocabularies, side)
    return [name for name, entry in terms.items() if entry.broader == term]


def _around(side: Side, term: str | None, site: Site) -> list[dict[str, Any]]:
    row = site.mapped_rows.get((side, term)) if term else None
    return [{"address": f"{side}/{term}/", "name": site.label(side, term)}] if row and row.cells else []


def _section(side: Side, row: Row, outcome: str, site: Site) -> dict[str, Any]:
    cell = row.cells[outcome]
    counted = sorted(cell.counted, key=lambda one: one.study)
    narrower = []
    if len(counted) > MOST:
        below = [(name, site.mapped_rows.get((side, name))) for name in _below(side, row.term, site)]
        held = {name: other.cells[outcome] for name, other in below if other and outcome in other.cells}
        elsewhere = {one.study for other in held.values() for one in other.counted}
        counted = [one for one in counted if one.study not in elsewhere]
        narrower = [
            {"address": f"{side}/{name}/#{outcome}", "name": site.label(side, name), "said": amount_words(other.amount)}
            for name, other in held.items()
        ]
    rows = [_study(one.study, one.figures, outcome, side, site) for one in counted]
    return {
        "id": outcome,
        "name": site.label("outcomes", outcome),
        "view": cell_view(cell),
        "questions": [_question(one.comparison, one.outcome, site) for one in cell.asked],
        "rows": sorted(rows, key=lambda one: (-int(one["year"] or 0), one["id"])),
        "narrower": narrower,
    }


def _question(comparison: str, outcome: str, site: Site) -> dict[str, Any]:
    answer = site.syntheses.answers[comparison, outcome]
    return {
        "id": comparison,
        "title": site.evidence.comparisons[comparison].title.en,
        "line": answer_line(answer, site),
        "level": certainty_words(answer.certainty),
    }


def _study(id: str, figures: bool, outcome: str, side: Side, site: Site) -> dict[str, Any]:
    """Return a study as a row of a cell's list: who it is, of what design, in whom, what against what, how read."""
    study = site.evidence.studies[id]
    reference = site.evidence.main_reference(study)
    effects = [effect for effect in study.effects if effect.outcome == outcome]
    sides = [study.sides(effect) for effect in effects]
    counts = [count for effect in effects if (count := study.people_in(effect)) is not None]
    tested = Counter(term for first, _ in sides for term in first)
    against = Counter(term for _, second in sides for term in second)
    exposed = Counter(effect.exposure for effect in effects if effect.exposure)
    return {
        "id": id,
        "key": study.main_report if reference else "",
        "name": site.name(study),
        "title": study.title,
        "year": reference.year if reference else "",
        "design": site.label("designs", study.design.type),
        "condition": site.label("conditions", study.population.condition),
        "n": max(counts) if counts else None,
        "tested": site.labels(side, tested if side == "interventions" else exposed),
        "against": site.labels("interventions", against),
        "figures": figures,
        "read": words.READ[study.extraction.read],
    }
