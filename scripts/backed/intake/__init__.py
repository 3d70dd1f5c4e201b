"""Citation files of other programs -> new studies: a `.bib` each, and a record to be completed beside it."""

from .citation import Citation, Findings
from .decode import LARGEST, read_file
from .doubles import Double, Known
from .fetch import CROSSREF, PUBMED, FetchError, crossref_answer, pubmed_answer
from .read import READERS, Gathered, read_citations
from .shelve import Intake, Named, Placed, name_fault, take_in, write, write_files
from .values import doi_of

__all__ = [
    "CROSSREF",
    "LARGEST",
    "PUBMED",
    "READERS",
    "Citation",
    "Double",
    "FetchError",
    "Findings",
    "Gathered",
    "Intake",
    "Known",
    "Named",
    "Placed",
    "crossref_answer",
    "doi_of",
    "name_fault",
    "pubmed_answer",
    "read_citations",
    "read_file",
    "take_in",
    "write",
    "write_files",
]
