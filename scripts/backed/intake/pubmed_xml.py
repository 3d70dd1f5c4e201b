"""PubMed's XML (PubmedArticleSet) -> citations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..bibliography import language_name
from ..bibliography.dates import Published
from ..bibliography.registers import register_named
from ..model import Name, Reference
from .citation import Citation, Findings
from .nbib import RETRACTED
from .values import apart, article_number, dashes, dated, doi_of, once, pages_of, pmcid_of, sentence
from .xml_records import Element, each, inner, records

_RECORDS = ("PubmedArticle", "PubmedBookArticle")
_AROUND = frozenset({"PubmedArticleSet", "PubmedBookArticleSet"})


def read_pubmed_xml(text: str, findings: Findings) -> Iterator[Citation]:
    """Yield the citations of articles, and of books and chapters, in PubMed's XML."""
    for record, line in records(text, _RECORDS, _AROUND, findings):
        reference = _article(record) if record.tag == "PubmedArticle" else _book(record)
        retracted = "PubMed" if RETRACTED in each(record, ".//PublicationTypeList/PublicationType") else ""
        registered, other = _registered(record)
        yield Citation(replace(reference, file=findings.file, line=line), registered, retracted, other)


def _article(record: Element) -> Reference:
    citation = record.find("MedlineCitation")
    article = citation.find("Article") if citation is not None else None
    if citation is None or article is None:
        return Reference("", "article", "", pmid=inner(record, "MedlineCitation/PMID"))
    date = _date(article.find("Journal/JournalIssue/PubDate"), article.find("ArticleDate"))
    authors, more = _people(article, "AuthorList", "authors")
    note = inner(citation, "GeneralNote")
    return Reference(
        key=inner(citation, "PMID"),
        type="article",
        title=sentence(inner(article, "ArticleTitle") or inner(article, "VernacularTitle")),
        authors=authors,
        editors=_people(article, "AuthorList", "editors")[0],
        more_authors=more,
        journal=inner(article, "Journal/Title") or inner(citation, "MedlineJournalInfo/MedlineTA"),
        year=date.year,
        month=date.month,
        day=date.day,
        volume=dashes(inner(article, "Journal/JournalIssue/Volume")),
        number=dashes(inner(article, "Journal/JournalIssue/Issue")),
        pages=_pages(article),
        doi=_identifier(record, article, "doi"),
        pmid=inner(citation, "PMID"),
        pmcid=pmcid_of(_identifier(record, article, "pmc")),
        issn=", ".join(once(each(article, "Journal/ISSN"))),
        language=", ".join(map(language_name, each(article, "Language"))),
        abstract=_abstract(article),
        keywords=once(
            [*each(citation, "KeywordList/Keyword"), *each(citation, "MeshHeadingList/MeshHeading/DescriptorName")]
        ),
        extra={"note": note} if note else {},
    )


def _book(record: Element) -> Reference:
    document = record.find("BookDocument")
    book = document.find("Book") if document is not None else None
    if document is None or book is None:
        return Reference("", "book", "", pmid=inner(record, "BookDocument/PMID"))
    chapter, whole = sentence(inner(document, "ArticleTitle")), sentence(inner(book, "BookTitle"))
    date = _date(book.find("PubDate"), None)
    authors, more = _people(document if chapter else book, "AuthorList", "authors")
    extra = {"edition": inner(book, "Edition"), "series": inner(book, "CollectionTitle")}
    return Reference(
        key=inner(document, "PMID"),
        type="incollection" if chapter else "book",
        title=chapter or whole,
        authors=authors or _people(book, "AuthorList", "authors")[0],
        editors=_people(book, "AuthorList", "editors")[0],
        more_authors=more,
        booktitle=whole if chapter else "",
        publisher=inner(book, "Publisher/PublisherName"),
        address=inner(book, "Publisher/PublisherLocation"),
        year=date.year,
        month=date.month,
        day=date.day,
        volume=dashes(inner(book, "Volume")),
        pages=pages_of(inner(document, "Pagination/MedlinePgn")),
        doi=_identifier(record, document, "doi"),
        pmid=inner(document, "PMID"),
        isbn=", ".join(once(each(book, "Isbn"))),
        language=", ".join(map(language_name, each(document, "Language"))),
        abstract=_abstract(document),
        extra={name: value for name, value in extra.items() if value},
    )


def _people(around: Element, path: str, kind: str) -> tuple[tuple[Name, ...], bool]:
    """Return the people and groups of the lists of a kind, and whether a list says that it is not complete."""
    lists = [one for one in around.findall(path) if one.get("Type", "authors") == kind]
    names = tuple(_name(one) for people in lists for one in people.findall("Author"))
    return tuple(name for name in names if name.short), any(one.get("CompleteYN") == "N" for one in lists)


def _name(author: Element) -> Name:
    group = inner(author, "CollectiveName")
    if group:
        return Name(literal=group.rstrip(".,"))
    family, given = inner(author, "LastName"), inner(author, "ForeName") or inner(author, "Initials")
    particle, family = apart(family)
    return Name(family, given, particle, inner(author, "Suffix"))


def _date(issue: Element | None, online: Element | None) -> Published:
    """Return the date of the issue; where that has none, the day of publication online."""
    for date in (issue, online):
        words = [inner(date, name) for name in ("Year", "Month", "Day")] if date is not None else []
        if words and words[0]:
            if words[1].isdigit():
                return dated("/".join(words))
            return dated(words[0], " ".join(words[1:]))
        if date is not None and inner(date, "MedlineDate"):
            return dated(inner(date, "MedlineDate"))
    return Published()


def _pages(article: Element) -> str:
    whole, first = inner(article, "Pagination/MedlinePgn"), inner(article, "Pagination/StartPage")
    pages = pages_of(whole) if whole else pages_of(first, inner(article, "Pagination/EndPage"))
    number = next((inner(one) for one in article.findall("ELocationID") if one.get("EIdType") == "pii"), "")
    return pages or article_number(number)


def _identifier(record: Element, article: Element, kind: str) -> str:
    """Return an identifier of the article itself; a list of references below has identifiers of others."""
    for path in ("PubmedData/ArticleIdList", "PubmedBookData/ArticleIdList", "BookDocument/ArticleIdList"):
        for one in record.findall(f"{path}/ArticleId"):
            if one.get("IdType") == kind:
                return doi_of(inner(one)) if kind == "doi" else inner(one)
    found = (one for one in article.findall("ELocationID") if one.get("EIdType") == kind and one.get("ValidYN") != "N")
    return next((doi_of(inner(one)) for one in found), "")


def _abstract(article: Element) -> str:
    parts = ((one.get("Label", ""), inner(one)) for one in article.findall("Abstract/AbstractText"))
    return " ".join(f"{label}: {text}" if label and label != "UNLABELLED" else text for label, text in parts)


def _registered(record: Element) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return the registrations among the data banks, and the names of other banks, which are left."""
    banks = [
        (inner(bank, "DataBankName"), number)
        for bank in record.findall(".//DataBankList/DataBank")
        for number in each(bank, "AccessionNumberList/AccessionNumber")
    ]
    registered = tuple((name, number) for name, number in banks if register_named(name))
    return registered, once(name for name, _ in banks if not register_named(name))
