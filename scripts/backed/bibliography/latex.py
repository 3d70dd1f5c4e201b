"""LaTeX as it stands in BibTeX fields: decoded to plain Unicode text, and plain text escaped for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import partial

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}

_GREEK = """
alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π
rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω
Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
"""
_LETTERS = """
aa å AA Å ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł ss ß SS ẞ i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ ng ŋ NG Ŋ
"""
_SIGNS = """
textendash – textemdash — textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” textquotedbl "
textquotesingle ' guillemotleft « guillemotright » textbackslash \\ textbraceleft { textbraceright } lbrace { rbrace }
textasciitilde ~ textasciicircum ^ textasciigrave ` textunderscore _ textless < textgreater > textbar | textdollar $
textperiodcentered · textdegree ° textregistered ® texttrademark ™ textcopyright © textmu µ pounds £ texteuro € euro €
S § P ¶ dag † ddag ‡ ldots … dots … textellipsis … le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ lt < gt > pm ± textpm ± times ×
texttimes × cdot · div ÷ sim ∼ approx ≈ infty ∞ rightarrow → to → circ ° prime ′ minus − slash /
"""
_STYLES = """
emph textit textbf textsc textrm textsf texttt textup textmd textnormal textsl text mathrm mathit mathbf mathsf mbox
hbox url path bf it em sc rm sf tt sl itshape bfseries scshape upshape normalfont relax protect left right displaystyle
ensuremath
"""


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_COMMANDS: Mapping[str, str] = {
    **_pairs(_GREEK + _LETTERS + _SIGNS),
    # these change how their argument looks and not what it says: the argument stays
    **dict.fromkeys(_STYLES.split(), ""),
    **dict.fromkeys(("space", "quad", "qquad"), " "),
}
_SYMBOLS = {" ": " ", "~": "~", "^": "^", ",": " ", ";": " ", ":": " ", "!": "", "-": "", "/": "", "\\": " ", "@": ""}

_SCRIPTS = {
    "^": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "_": str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"),
}

_BASE = r"\\[ij](?![A-Za-z])|[^\s{}\\$]"
_TOKEN = re.compile(
    rf"""
      \\(?:(?P<mark>[`'^"~=.])|(?P<word>[uHvrdckb])(?![A-Za-z]))\s*(?:\{{\s*(?P<braced>{_BASE})\s*\}}|(?P<bare>{_BASE}))
    | \\text(?P<place>super|sub)script\s*\{{(?P<raised>[^{{}}\\]*)\}}
    | \\(?P<command>[A-Za-z]+)(?:\s*\{{\}}|\s+)?
    | \\(?P<symbol>.)(?:\{{\}})?
    | \$(?P<maths>(?:[^$\\]|\\.)*)\$
    | (?P<plain>---?|``|''|~|[{{}}])
    """,
    re.VERBOSE | re.DOTALL,
)
_SCRIPT = re.compile(r"([_^])(?:\{([^{}\\]*)\}|([^{}\\]))")
_PLAIN = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " ", "{": "", "}": ""}
MARKED = re.compile(r"[\\{}~$]|--|``|''")
"""What a text has to hold for `decode` to change more than its spaces."""


def decode(latex: str) -> tuple[str, tuple[str, ...]]:
    r"""Return a field's text in Unicode (NFC, single spaces, no braces) and the commands that are not known.

    An unknown command is left out and its argument stays: ``\foo{bar}`` gives ``bar`` and names ``\foo``.
    """
    unknown: list[str] = []
    text = _TOKEN.sub(partial(_decoded, unknown), latex) if MARKED.search(latex) else latex
    return unicodedata.normalize("NFC", " ".join(text.split())), tuple(unknown)


def _decoded(unknown: list[str], token: re.Match[str]) -> str:
    """Return what one token stands for; names an unknown command in ``unknown``."""
    accent = token["mark"] or token["word"]
    if accent:
        base = (token["braced"] or token["bare"]).lstrip("\\")
        return unicodedata.normalize("NFC", base + _ACCENTS[accent])
    if token["place"]:
        return _script("^" if token["place"] == "super" else "_", token["raised"])
    if token["command"]:
        return _command(token["command"], unknown)
    if token["symbol"]:
        return _SYMBOLS.get(token["symbol"], token["symbol"])
    if token["maths"] is not None:
        flat = _SCRIPT.sub(lambda script: _script(script[1], script[2] or script[3] or ""), token["maths"])
        return _TOKEN.sub(partial(_decoded, unknown), flat)
    return _PLAIN[token["plain"]]


def _command(name: str, unknown: list[str]) -> str:
    if name not in _COMMANDS:
        unknown.append(f"\\{name}")
    return _COMMANDS.get(name, "")


def _script(place: str, text: str) -> str:
    """Return a raised or lowered text: ``^2`` as ², and what has no such character as it is."""
    raised = text.translate(_SCRIPTS[place])
    return raised if all(new != old for new, old in zip(raised, text, strict=True)) else text


_ESCAPES = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "%&#$_"},
}
_PAIRED = str.maketrans({**_ESCAPES, "{": r"\{", "}": r"\}"})
_UNPAIRED = str.maketrans({**_ESCAPES, "{": r"\lbrace{}", "}": r"\rbrace{}"})
_SPECIAL = re.compile(r"[\\~^%&#$_{}]|--|''|``|[?!]`|,,|<<|>>")
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=[?!])(?=`)|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)")


def escape(text: str) -> str:
    """Return plain text as the inside of a BibTeX field: ``decode`` gives the same text back."""
    if not _SPECIAL.search(text):
        return text  # as nearly all are
    # BibTeX counts the braces of \{ and \} too, so one without its partner has to be spelled out
    return _LIGATURE.sub("{}", text.translate(_PAIRED if _is_paired(text) else _UNPAIRED))


def _is_paired(text: str) -> bool:
    """Say whether every brace has its partner."""
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0
