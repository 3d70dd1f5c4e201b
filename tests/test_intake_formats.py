"""Citation files of other programs -> references, field by field. All works and people are made up."""

from __future__ import annotations

import json

import pytest

from backed.intake import Citation, Findings, Gathered, read_citations
from backed.model import Name

NBIB = """\

PMID- 30000001
OWN - NLM
STAT- MEDLINE
DCOM- 20191201
IS  - 0003-9993 (Print)
IS  - 0003-9993 (Linking)
VI  - 29
IP  - 23
DP  - 2004 Dec 1
TI  - Walking backwards for imaginary backs: a made-up
      trial.
PG  - 2593-602
LID - 10.5555/nothing.1 [doi]
AB  - We walked (p < 0.05)
      and got nowhere.
FAU - van der Berg, Jan Maria
AU  - van der Berg JM
AD  - Institute of Nothing.
FAU - King, Martin Jr
AU  - King M Jr
CN  - Nowhere Study Group.
LA  - eng
SI  - ClinicalTrials.gov/NCT00000001
SI  - GENBANK/AF078607
PT  - Journal Article
PT  - Retracted Publication
JT  - Journal of Nothing
TA  - J Nothing
MH  - *Walking
OT  - backs
PMC - PMC123
AID - 10.5555/nothing.1 [doi]
SO  - J Nothing. 2004 Dec 1;29(23):2593-602.

PMID- 30000002
DP  - 2010 Sep-Oct
TI  - A chapter of nothing.
BTI - Handbook of Nothing
FED - Roe, Ann
FAU - Doe, Jane
PT  - Book Chapter
PB  - Press of Nowhere
PL  - Nowhere (NA)
ISBN- 9780000000002
AID - NBK1 [bookaccession]
SO  - x
"""

PUBMED = """\
<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://example.org/x.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">30000001</PMID>
<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Electronic">0003-9993</ISSN>
<JournalIssue CitedMedium="Internet"><Volume>29</Volume><Issue>23</Issue>
<PubDate><Year>2004</Year><Month>Dec</Month><Day>1</Day></PubDate></JournalIssue>
<Title>Journal of Nothing</Title><ISOAbbreviation>J Nothing</ISOAbbreviation></Journal>
<ArticleTitle>Walking backwards for <i>imaginary</i> backs &amp; a made-up trial.</ArticleTitle>
<Pagination><StartPage>2593</StartPage><EndPage>602</EndPage><MedlinePgn>2593-602</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/nothing.1</ELocationID>
<Abstract><AbstractText Label="AIM">We walked.</AbstractText>
<AbstractText Label="UNLABELLED">So.</AbstractText></Abstract>
<AuthorList CompleteYN="N"><Author ValidYN="Y"><LastName>van der Berg</LastName><ForeName>Jan Maria</ForeName>
<Initials>JM</Initials></Author><Author><LastName>King</LastName><ForeName>Martin</ForeName><Suffix>Jr</Suffix></Author>
<Author ValidYN="Y"><CollectiveName>Nowhere Study Group.</CollectiveName></Author></AuthorList>
<Language>dut</Language>
<DataBankList><DataBank><DataBankName>ISRCTN</DataBankName><AccessionNumberList>
<AccessionNumber>ISRCTN12345678</AccessionNumber></AccessionNumberList></DataBank></DataBankList>
<PublicationTypeList><PublicationType UI="D016441">Retracted Publication</PublicationType></PublicationTypeList>
<ArticleDate DateType="Electronic"><Year>2003</Year><Month>10</Month><Day>30</Day></ArticleDate></Article>
<MeshHeadingList><MeshHeading><DescriptorName>Walking</DescriptorName></MeshHeading></MeshHeadingList>
</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">30000001</ArticleId>
<ArticleId IdType="pmc">PMC123</ArticleId></ArticleIdList>
<ReferenceList><Reference><Citation>Other</Citation><ArticleIdList><ArticleId IdType="doi">10.5555/other</ArticleId>
</ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>
<PubmedBookArticle><BookDocument><PMID>30000003</PMID><ArticleIdList><ArticleId IdType="bookaccession">NBK1</ArticleId>
</ArticleIdList><Book><Publisher><PublisherName>Press of Nowhere</PublisherName>
<PublisherLocation>Nowhere</PublisherLocation></Publisher><BookTitle>Handbook of Nothing</BookTitle>
<PubDate><Year>2010</Year></PubDate><AuthorList Type="editors"><Author><LastName>Roe</LastName>
<ForeName>Ann</ForeName></Author></AuthorList><Isbn>9780000000002</Isbn></Book>
<ArticleTitle>A chapter of nothing</ArticleTitle><AuthorList Type="authors"><Author><LastName>Doe</LastName>
<ForeName>Jane</ForeName></Author></AuthorList></BookDocument></PubmedBookArticle>
</PubmedArticleSet>
"""

ENDNOTE = """\
<?xml version="1.0" encoding="UTF-8"?>
<xml><records><record><database name="x.enl" path="C:\\x.enl">x.enl</database><rec-number>7</rec-number>
<foreign-keys><key app="EN" db-id="x">7</key></foreign-keys><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">van der Berg, Jan Maria</style></author>
<author>King, Martin, Jr</author><author>Nowhere Study Group,</author></authors></contributors>
<titles><title><style face="normal">Walking </style><style face="italic">backwards</style></title>
<secondary-title>Journal of Nothing</secondary-title></titles>
<periodical><full-title>Journal of Nothing</full-title></periodical><pages>2593-602</pages><volume>29(23)</volume>
<keywords><keyword>walking</keyword></keywords><dates><year>2004</year><pub-dates><date>Dec 1</date></pub-dates></dates>
<isbn>0003-9993 (Print)&#xD;0003-9993 (Linking)</isbn><accession-num>30000001</accession-num>
<abstract>We walked.</abstract><notes>Seen.</notes><custom2>PMC123</custom2>
<urls><related-urls><url>https://example.org/a</url></related-urls></urls>
<electronic-resource-num>doi:10.5555/nothing.1</electronic-resource-num><caption>Figure</caption>
<remote-database-name>Medline</remote-database-name><language>eng</language></record></records></xml>
"""

RIS = """\
TY  - JOUR\r
A1  - van der Berg, Jan Maria\r
A1  - King, Jr., Martin\r
AU  - \r
T1  - Walking backwards\r
JF  - Journal of Nothing\r
JA  - J Nothing\r
Y1  - 2004/12/01/\r
VL  - 29\r
IS  - 23\r
SP  - 2593\r
EP  - 2602\r
SN  - 0003-9993\r
M3  - doi: 10.5555/nothing.1\r
N2  - We walked.\r
N1  - Walking backwards\r
KW  - walking; backs\r
AN  - PMID: 30000001\r
C2  - PMC123\r
UR  - https://example.org/a\r
M1  - odd\r
ER  - \r
"""

CSL = json.dumps(
    [
        {
            "id": "http://zotero.org/1",
            "type": "article-journal",
            "title": "Walking <i>backwards</i> p < 0.05",
            "container-title": "Journal of Nothing",
            "author": [
                {"family": "Berg", "given": "Jan Maria", "non-dropping-particle": "van der"},
                {"family": "King", "given": "Martin", "suffix": "Jr"},
                {"literal": "Nowhere Study Group"},
            ],
            "issued": {"date-parts": [["2004", 12, 1]]},
            "volume": 29,
            "issue": "23",
            "page": "2593–2602",
            "DOI": "https://doi.org/10.5555/nothing.1",
            "ISSN": "0003-9993",
            "note": "PMID: 30000001\nPMCID: PMC123\nSeen.",
            "accessed": {"date-parts": [[2026, 1, 1]]},
            "call-number": "X",
        }
    ]
)

CROSSREF = json.dumps(
    {
        "status": "ok",
        "message-type": "work",
        "message-version": "1.0.0",
        "message": {
            "DOI": "10.5555/nothing.1",
            "type": "journal-article",
            "title": ["Walking &lt;i&gt;backwards&lt;/i&gt; &amp; forwards"],
            "subtitle": ["a made-up trial"],
            "container-title": ["Journal of Nothing"],
            "publisher": "Press of Nowhere",
            "author": [
                {"given": "Jan Maria", "family": "van der Berg", "sequence": "first", "affiliation": []},
                {"given": "Martin", "family": "King", "suffix": "Jr", "sequence": "additional", "affiliation": []},
                {"name": "Nowhere Study Group", "sequence": "additional", "affiliation": []},
            ],
            "issued": {"date-parts": [[2003, 10, 30]]},
            "published-online": {"date-parts": [[2003, 10, 30]]},
            "published-print": {"date-parts": [[2004, 12]]},
            "volume": "29",
            "issue": "23",
            "article-number": "e71",
            "ISSN": ["0003-9993", "1532-821X"],
            "language": "en",
            "abstract": "<jats:title>Aim</jats:title><jats:p>We walked.</jats:p>",
            "clinical-trial-number": [{"clinical-trial-number": "nct00000001", "registry": "10.18810/x"}],
            "updated-by": [{"DOI": "10.5555/notice", "type": "retraction", "label": "Retraction"}],
        },
    }
)


def gathered(text: str, form: str) -> Gathered:
    found = read_citations(text.encode(), Findings("a-file"))
    assert found.form == form
    return found


def only(text: str, form: str) -> Citation:
    found = gathered(text, form)
    assert found.problems == ()
    assert len(found.citations) == 1
    return found.citations[0]


BERG, KING = Name("Berg", "Jan Maria", "van der"), Name("King", "Martin", suffix="Jr")
GROUP = Name(literal="Nowhere Study Group")


def test_nbib() -> None:
    found = gathered(NBIB, "nbib")
    assert found.problems == ()
    article, chapter = found.citations
    work = article.reference
    assert work.title == "Walking backwards for imaginary backs: a made-up trial"
    assert work.authors == (BERG, KING, GROUP)
    assert (work.journal, work.year, work.month, work.day) == ("Journal of Nothing", "2004", 12, 1)
    assert (work.volume, work.number, work.pages) == ("29", "23", "2593-2602")
    assert (work.doi, work.pmid, work.pmcid, work.issn) == ("10.5555/nothing.1", "30000001", "PMC123", "0003-9993")
    assert (work.language, work.keywords, work.abstract) == (
        "english",
        ("backs", "Walking"),
        "We walked (p < 0.05) and got nowhere.",
    )
    assert (article.registered, article.retracted) == ((("ClinicalTrials.gov", "NCT00000001"),), "PubMed")
    assert article.left == ("SI",)
    assert (work.line, chapter.reference.line) == (2, 36)
    book = chapter.reference
    assert (book.type, book.title, book.booktitle) == ("incollection", "A chapter of nothing", "Handbook of Nothing")
    assert (book.editors, book.publisher, book.address) == (
        (Name("Roe", "Ann"),),
        "Press of Nowhere",
        "Nowhere (NA)",
    )
    assert (book.year, book.month, book.isbn) == ("2010", 9, "9780000000002")


def test_nbib_without_full_names() -> None:
    work = only("PMID- 1\nTI  - Old.\nDP  - 1988\nAU  - van Raa MJ\nAU  - King ML 3rd\nSO  - x\n", "nbib").reference
    assert work.authors == (Name("Raa", "M J", "van"), Name("King", "M L", suffix="3rd"))


def test_pubmed_xml_with_the_document_type_that_pubmed_writes() -> None:
    found = gathered(PUBMED, "pubmed-xml")
    assert found.problems == ()
    article, chapter = found.citations
    work = article.reference
    assert work.title == "Walking backwards for imaginary backs & a made-up trial"
    assert (work.authors, work.more_authors) == ((BERG, KING, GROUP), True)
    assert (work.year, work.month, work.day) == ("2004", 12, 1), "the issue's date, not that of the online version"
    assert (work.volume, work.number, work.pages) == ("29", "23", "2593-2602")
    assert (work.doi, work.pmid, work.pmcid) == ("10.5555/nothing.1", "30000001", "PMC123")
    assert (work.language, work.keywords, work.abstract) == ("dutch", ("Walking",), "AIM: We walked. So.")
    assert (article.registered, article.retracted) == ((("ISRCTN", "ISRCTN12345678"),), "PubMed")
    assert (work.line, chapter.reference.line) == (4, 27)
    book = chapter.reference
    assert (book.type, book.title, book.booktitle) == ("incollection", "A chapter of nothing", "Handbook of Nothing")
    assert (book.authors, book.editors) == ((Name("Doe", "Jane"),), (Name("Roe", "Ann"),))
    assert (book.publisher, book.address, book.isbn) == ("Press of Nowhere", "Nowhere", "9780000000002")


def test_a_doi_of_a_work_that_is_only_cited_is_not_taken() -> None:
    text = PUBMED.replace('<ELocationID EIdType="doi" ValidYN="Y">10.5555/nothing.1</ELocationID>', "")
    assert gathered(text, "pubmed-xml").citations[0].reference.doi == ""


def test_endnote_xml() -> None:
    citation = only(ENDNOTE, "endnote-xml")
    work = citation.reference
    assert (work.title, work.journal) == ("Walking backwards", "Journal of Nothing")
    assert work.authors == (BERG, KING, GROUP)
    assert (work.year, work.month, work.day) == ("2004", 12, 1)
    assert (work.volume, work.number, work.pages) == ("29", "23", "2593-2602")
    assert (work.doi, work.pmid, work.pmcid, work.issn) == ("10.5555/nothing.1", "30000001", "PMC123", "0003-9993")
    assert (work.url, work.abstract, work.keywords, work.extra) == (
        "https://example.org/a",
        "We walked.",
        ("walking",),
        {"note": "Seen."},
    )
    assert citation.left == ("caption",)


def test_ris_in_the_old_tags() -> None:
    citation = only(RIS, "ris")
    work = citation.reference
    assert work.authors == (BERG, Name("King", "Martin", suffix="Jr."))
    assert (work.title, work.journal) == ("Walking backwards", "Journal of Nothing")
    assert (work.year, work.month, work.day) == ("2004", 12, 1)
    assert (work.volume, work.number, work.pages) == ("29", "23", "2593-2602")
    assert (work.doi, work.pmid, work.pmcid, work.issn) == ("10.5555/nothing.1", "30000001", "PMC123", "0003-9993")
    assert (work.abstract, work.keywords, work.extra) == ("We walked.", ("walking", "backs"), {})
    assert citation.left == ("M1",)


def test_a_number_of_another_database_is_no_pmid() -> None:
    citation = only("TY  - JOUR\nTI  - Nothing\nPY  - 2004\nAN  - 30000001\nDB  - Elsewhere\nER  - \n", "ris")
    assert (citation.reference.pmid, citation.left) == ("", ("AN",))


def test_csl_json() -> None:
    citation = only(CSL, "csl-json")
    work = citation.reference
    assert work.title == "Walking backwards p < 0.05"
    assert work.authors == (BERG, KING, GROUP)
    assert (work.year, work.month, work.day, work.volume) == ("2004", 12, 1, "29")
    assert (work.number, work.pages, work.doi) == ("23", "2593-2602", "10.5555/nothing.1")
    assert (work.pmid, work.pmcid, work.extra) == ("30000001", "PMC123", {"note": "Seen."})
    assert citation.left == ("call-number",)


def test_one_item_of_csl_json_without_a_list() -> None:
    assert only(json.dumps(json.loads(CSL)[0], indent=2), "csl-json").reference.pmid == "30000001"


def test_crossref() -> None:
    citation = only(CROSSREF, "crossref-json")
    work = citation.reference
    assert work.title == "Walking backwards & forwards: a made-up trial"
    assert work.authors == (BERG, KING, GROUP)
    assert (work.year, work.month, work.day) == ("2004", 12, None), "the print's date goes before that of the online"
    assert (work.type, work.volume, work.number, work.pages) == ("article", "29", "23", "e71")
    assert (work.issn, work.publisher) == ("0003-9993, 1532-821X", "")
    assert (citation.registered, citation.retracted) == ((("ClinicalTrials.gov", "NCT00000001"),), "Crossref")


def test_biblatex() -> None:
    text = """@article{x, title = {Walking}, subtitle = {Backwards}, author = {van der Berg, Jan Maria and {Group}},
      journaltitle = {Journal of Nothing}, date = {2004-12-01}, eprint = {30000001}, eprinttype = {pubmed},
      volume = 29, pages = {2593--2602}, doi = {10.5555/nothing.1}}"""
    work = only(text, "bibtex").reference
    assert (work.title, work.journal, work.pmid) == ("Walking: Backwards", "Journal of Nothing", "30000001")
    assert (work.authors, work.year, work.month) == ((BERG, Name(literal="Group")), "2004", 12)


def test_a_work_that_says_itself_that_it_was_retracted() -> None:
    assert only(RIS.replace("T1  - Walking", "T1  - RETRACTED: Walking"), "ris").retracted == "The citation itself"
    assert only(RIS.replace("N1  - Walking backwards", "N1  - RETRACTED (2026-01-31)"), "ris").retracted != ""
    assert only(ENDNOTE.replace("<caption>", "<work-type>Retracted Publication</work-type><caption>"), "endnote-xml")
    assert only(RIS, "ris").retracted == ""


def test_identifiers_in_a_note_go_to_their_fields() -> None:
    text = "@book{x, title={T}, author={D, J}, year=2004, note={Seen. PMCID: PMC123. ISBN: 978-92-4-008178-9}}"
    work = only(text, "bibtex").reference
    assert (work.pmcid, work.isbn, work.extra) == ("PMC123", "978-92-4-008178-9", {"note": "Seen."})


@pytest.mark.parametrize(
    ("code", "name"), [("en", "english"), ("en-GB", "english"), ("dut", "dutch"), ("Latin", "Latin")]
)
def test_languages(code: str, name: str) -> None:
    assert only(RIS.replace("M1  - odd", f"LA  - {code}"), "ris").reference.language == name


@pytest.mark.parametrize(
    ("text", "form"),
    [(NBIB, "nbib"), (PUBMED, "pubmed-xml"), (ENDNOTE, "endnote-xml"), (RIS, "ris"), (CSL, "csl-json")],
)
def test_the_format_is_known_behind_a_mark_and_in_other_encodings(text: str, form: str) -> None:
    whole = read_citations(text.encode(), Findings("x"))
    for content in (text.encode("utf-8-sig"), text.encode("utf-16"), b"\n\n" + text.lstrip().encode()):
        found = read_citations(content, Findings("x"))
        assert found.form == form
        assert [one.reference.title for one in found.citations] == [one.reference.title for one in whole.citations]
