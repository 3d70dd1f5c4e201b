"""Rules about direction: do the sign and the order of figures agree with the words, the minus signs and the rows?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from ..model import ArmData, Effect, Figure, Study
from ..problem import Severity, Where
from .contrasts import two_sides
from .printed import numbers_in_order
from .rule import Base, Finding, rule

_TURNED = re.compile(
    r"\b(signs?|turned|minus|positive|negative|reversed?|better|worse|favou?rs?|given as|direction)\b", re.IGNORECASE
)
"""What a note says where the signs of a source were turned on purpose."""

_DIRECTIONS: Mapping[str, int] = {
    **dict.fromkeys(("less", "lower", "fewer", "lowered", "reduced", "halved", "decreased", "decrease", "fell"), -1),
    **dict.fromkeys(("more", "higher", "greater", "raised", "increased", "increase", "rose", "risen"), 1),
}
_GOOD = {"better": 1, "improved": 1, "worse": -1}
_WORD = "|".join((*_DIRECTIONS, *_GOOD))
_AFTER = re.compile(
    rf"\s?%?(?:\s(?:of|out of)\s\d+)?(?:\spoints?|\spercent|\sstandard deviations)?\s(?P<word>{_WORD})\b(?!\sthan\sor)",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?<!or )(?<!no )(?<!not )\b(?P<word>{_WORD})\b", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_CLAUSE = re.compile(r"[;.:](?=\s)")


def _meaning(word: str, good: int) -> int:
    """Return -1 or 1 for what a word says of the sign, 0 where that cannot be told; ``good`` is the sign of better."""
    known = word.lower()
    return _DIRECTIONS.get(known, 0) or _GOOD.get(known, 0) * good


def _good(effect: Effect, base: Base) -> int:
    """Return the sign of a difference that is good for people: 1, -1, or 0 where neither is or the term is unknown."""
    vocabularies = base.evidence.vocabularies
    instrument = vocabularies.instruments.get(effect.instrument or "")
    term = instrument or vocabularies.outcomes.get(effect.outcome)
    return {"lower": -1, "higher": 1}.get(term.better if term else "", 0)


def _sign(effect: Effect) -> int:
    """Return the sign of an effect against no effect; 0 for none."""
    if effect.estimate is None:
        return 0
    distance = effect.estimate.value - effect.measure.null
    return (distance > 0) - (distance < 0)


@rule("study", Severity.WARNING)
def sign_as_printed(study: Study, base: Base) -> Iterator[Finding]:
    """The signs of estimate and interval are those printed, or a note says that they were turned, all of them.

    A minus that is lost turns a benefit into a harm; the sign of the effect was among the commonest errors when trials
    were extracted again (Gøtzsche and others 2007, doi:10.1001/jama.298.4.430). Where a source prints an effect so
    that more is better, the record follows the instrument and its note says that the sign was turned.
    """
    for index, effect in enumerate(study.effects):
        minus, plus = _by_sign(effect.source.printed or "")
        figures = [(("estimate",), effect.estimate), *((("ci", i), bound) for i, bound in enumerate(effect.ci or ()))]
        told = []
        for at, figure in figures:
            size = abs(Decimal(figure)) if figure else Decimal(0)
            if figure and size and (size in minus) != (size in plus):
                told.append((at, figure, (size in minus) == (figure.value < 0)))
        turned = [(at, figure) for at, figure, same in told if not same]
        noted = effect.note is not None and _TURNED.search(effect.note.en) is not None
        worded = any(_BEFORE.search(effect.source.printed or "") for _ in told)
        if not turned or effect.measure.is_ratio:
            continue
        # an estimate alone cannot be turned unseen: it would lie outside its interval
        bounds = [at for at, _ in turned if at[0] == "ci"]
        if noted or worded or (effect.ci is not None and not bounds):
            continue
        whole = len(turned) == len(told)
        at, figure = turned[0]
        opposite = figure[1:] if figure.startswith("-") else f"-{figure}"
        hint = "if it was turned on purpose, say so in the `note`" if whole else "the others have the printed sign"
        yield Finding(("effects", index, *at), f"the source prints {opposite}, the record has {figure}", hint)


_SIGNED = re.compile(r"(?P<sign>[-\u2212\u2013]\s?)?(?P<number>\d+(?:[.\u00b7]\d+)?|\.\d+)")


def _by_sign(printed: str) -> tuple[set[Decimal], set[Decimal]]:
    """Return the numbers printed with a minus, and those without; a dash after a number is a range, not a minus."""
    minus: set[Decimal] = set()
    plus: set[Decimal] = set()
    for match in _SIGNED.finditer(printed):
        before, sign = printed[: match.start()], match["sign"]
        # "0.60-0.85" and "12 - 18" are ranges, "1.2 -0.4" and "CI - 6.15" are not
        is_range = before[-1:].isdigit() or (len(sign or "") > 1 and before.rstrip()[-1:].isdigit())
        is_minus = sign is not None and not is_range
        (minus if is_minus else plus).add(Decimal(match["number"].replace("\u00b7", ".")))
    return minus, plus


@rule("study", Severity.WARNING)
def direction_as_told(study: Study, base: Base) -> Iterator[Finding]:
    """The sign of an effect is the one that the words of its source and of the summary give it.

    "1.2 points less pain" is a negative difference on a scale of pain; "better" is negative where lower is better; a
    risk that was halved has a ratio below 1. Only words right at the number are read, and nothing is said where they
    point both ways. The sign was among the commonest errors when trials were extracted again (Gøtzsche and others 2007,
    doi:10.1001/jama.298.4.430).
    """
    for index, effect in enumerate(study.effects):
        sign, good = _sign(effect), _good(effect, base)
        if not sign or effect.estimate is None or not effect.measure.is_contrast or effect.measure == "correlation":
            continue
        at: Where = ("effects", index, "estimate")
        for name, text in (("source", effect.source.printed or ""), ("summary", study.summary.en)):
            said = {_meaning(word, good) for word in _words_at(text, effect.estimate, effect.measure.is_ratio)}
            if said == {-sign}:
                words = ", ".join(sorted(set(_words_at(text, effect.estimate, effect.measure.is_ratio))))
                way = {-1: "below", 1: "above"}[sign]
                message = f'the {name} says "{words}", but {effect.estimate} is {way} {effect.measure.null:g}'
                yield Finding(at, message, "is a minus missing or too many, or are the two sides exchanged?")
                break


def _words_at(text: str, estimate: Figure, ratio: bool) -> list[str]:
    """Return the words of direction that stand at an estimate in a text: right after it, or before it in the clause."""
    plain = _DECIMAL_COMMA.sub(".", text.translate({0xB7: ".", 0x2212: "-"}))
    found = []
    for match in re.finditer(r"\d+(?:\.\d+)?", plain):
        if not _says(match.group(0), estimate, ratio):
            continue
        after = None if ratio else _AFTER.match(plain, match.end())
        if after:
            found.append(after["word"].lower())
        elif _in_brackets(plain, match.start()):
            clause = _CLAUSE.split(plain[: match.start()])[-1].rpartition(")")[2]
            found += [word["word"].lower() for word in _BEFORE.finditer(clause)]
    return found


def _says(number: str, estimate: Figure, ratio: bool) -> bool:
    """Say whether a number of a text is the estimate, as it stands or rounded to fewer digits."""
    told = Figure(number)
    close = abs(told.value - abs(estimate.value)) <= (told.half_unit if told.decimals < estimate.decimals else 0) + 1e-9
    return close and (not ratio or told.decimals >= 1) and told.value > 0


def _in_brackets(text: str, place: int) -> bool:
    return text.rfind("(", 0, place) > text.rfind(")", 0, place)


_AGAINST = re.compile(r"(\d+(?:\.\d+)?)\s(?:against|versus|vs\.?|v|compared with)\s(\d+(?:\.\d+)?)")


@rule("study", Severity.WARNING)
def arms_as_told(study: Study, base: Base) -> Iterator[Finding]:
    """The figures of two arms are not exchanged: summary and source name them in the order of the comparison.

    "13.5 against 16.3 points" in a summary means 13.5 with the intervention. In the printed form means, spreads and
    numbers of people come in the same order of arms, so that one column in the other order was exchanged. A source that
    really changes its order (an abstract in prose) has an exception with that reason.
    """
    for index, effect in enumerate(study.effects):
        sides = two_sides(effect)
        if sides is None or effect.arms is None:
            continue
        places = {side.group: effect.groups.index(side) for side in sides}
        at: Where = ("effects", index, "groups", places[sides[0].group])
        for name in ("mean", "percent", "events", "median"):
            first, second = (getattr(side, name) for side in sides)
            pair = (str(first).lstrip("-"), str(second).lstrip("-"))
            said = set(_AGAINST.findall(study.summary.en.translate({0xB7: "."})))
            if first != second and pair not in said and pair[::-1] in said:
                message = f"the summary says {pair[1]} against {pair[0]}; here `{sides[0].group}` has {pair[0]}"
                yield Finding((*at, name), message, "are the figures of the two arms exchanged?")
        yield from _columns(effect, sides, ("effects", index, "groups"))


def _columns(effect: Effect, sides: tuple[ArmData, ArmData], at: Where) -> Iterator[Finding]:
    """Yield where one figure of two arms stands in the other order in the printed form than the rest."""
    printed = numbers_in_order(effect.source.printed or "")
    order = {}
    for name in ("mean", "sd", "se", "n", "events", "percent"):
        first, second = (getattr(side, name) for side in sides)
        if first is None or second is None or abs(Decimal(first)) == abs(Decimal(second)):
            continue
        where = [[i for i, number in enumerate(printed) if number == abs(Decimal(one))] for one in (first, second)]
        if len(where[0]) == 1 and len(where[1]) == 1:
            order[name] = where[0] < where[1]
    odd = [name for name, way in order.items() if list(order.values()).count(way) * 2 < len(order)]
    if len(odd) == 1 or (len(order) == 2 and len(set(order.values())) == 2):
        name = odd[0] if odd else list(order)[1]
        position = effect.groups.index(sides[0])
        message = f"`{name}` of the two arms stands in the other order in the printed form than {_rest(order, name)}"
        yield Finding((*at, position, name), message, "are these two figures exchanged between the arms?")


def _rest(order: Mapping[str, bool], name: str) -> str:
    return " and ".join(f"`{other}`" for other in order if other != name)
