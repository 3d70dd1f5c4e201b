"""Numbers as papers print them: thousands separators, middle dots, minus signs, number words."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

MARKS = str.maketrans({"·": ".", "−": "-", "–": "-", "—": "-", "\u2009": " ", "\u202f": " ", "\u00a0": " "})
THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?(?!\d)")
NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_SMALL = {word: number for number, word in enumerate(_UNITS.split())}
_DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * number for number, word in enumerate(_DECADES.split(), start=2)}
WORDS = {**_SMALL, **_TENS}
"""What each number word adds; "hundred" multiplies."""
_ONE = "|".join(sorted(_SMALL, key=len, reverse=True))
_BELOW_HUNDRED = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{_ONE}))?|(?:{_ONE}))"
WORD_NUMBER = re.compile(rf"\b{_BELOW_HUNDRED}(?: hundred(?: (?:and )?{_BELOW_HUNDRED})?)?\b", re.IGNORECASE)


@lru_cache(maxsize=1_000)  # several rules read the same passage
def numbers_in(text: str) -> frozenset[Decimal]:
    """Return the numbers a printed passage holds, without their signs; words up to 999 count as numbers."""
    plain = text.translate(MARKS)
    found: set[Decimal] = set()
    for grouped in THOUSANDS.findall(plain):
        found.add(Decimal(re.sub(r"[, ]", "", grouped)))
    found.update(Decimal(number) for number in NUMBER.findall(plain))
    found.update(Decimal(_spoken(match.group(0))) for match in WORD_NUMBER.finditer(plain))
    return frozenset(found)


def numbers_in_order(text: str) -> list[Decimal]:
    """Return the numbers written in digits in a printed passage, without their signs, in the order they stand in."""
    plain = THOUSANDS.sub(lambda match: re.sub(r"[, ]", "", match.group(0)), text.translate(MARKS))
    return [Decimal(number) for number in NUMBER.findall(plain)]


def _spoken(words: str) -> int:
    total = 0
    for word in re.split(r"[ -]", words.lower()):
        if word == "hundred":
            total *= 100
        else:
            total += WORDS.get(word, 0)
    return total


_OPERATIONS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def computed(arithmetic: str) -> tuple[Decimal, set[Decimal], Decimal] | None:
    """Return the stated result of ``"571 + 5210 = 5781"``, the numbers used and the true result, or None."""
    left, equals, right = arithmetic.partition("=")
    try:
        stated = Decimal(right.strip())
        result = _evaluate(ast.parse(left.strip(), mode="eval").body)
    except (ArithmeticError, SyntaxError, ValueError, KeyError, RecursionError, MemoryError):
        return None
    return (stated, set(numbers_in(left)), result) if equals and stated.is_finite() and result.is_finite() else None


def _evaluate(node: ast.expr) -> Decimal:
    if isinstance(node, ast.BinOp):
        return _OPERATIONS[type(node.op)](_evaluate(node.left), _evaluate(node.right))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_evaluate(node.operand)
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return Decimal(str(node.value))
    raise ValueError("only numbers and + - * / are understood")


def agrees(stated: Decimal, result: Decimal) -> bool:
    """Say whether a stated number is the result, rounded to the digits stated."""
    exponent = stated.as_tuple().exponent
    half = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2
    return abs(stated - result) <= half


def spoken_number(word: str) -> float | None:
    """Return the number that digits or a number word stand for, or None where it is no number."""
    if NUMBER.fullmatch(word):
        return float(word)
    return float(_spoken(word)) if WORD_NUMBER.fullmatch(word) else None
