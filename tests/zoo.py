"""A zoo of references: every kind of work and every field that a citation format has to carry. All of it is made up."""

from __future__ import annotations

from dataclasses import replace

from backed.model import Name, Reference, Standing

WALKING = Reference(
    key="long-2004-walking",
    type="article",
    title="Walking for LBP: the WalkBack-2 trial",
    authors=(Name("Long", "Audrey"), Name("Läubli", "Thomas"), Name(literal="PROSPINE Study Group")),
    journal="European Spine Journal",
    year="2004",
    month=12,
    day=1,
    volume="29",
    number="23",
    pages="2593-2602",
    doi="10.1016/S0003-9993(03)00198_9",
    pmid="15564907",
    pmcid="PMC123",
    issn="0003-9993",
    url="https://example.org/a_b?x=1&y=%20z#top",
    kind="peer-reviewed-article",
    language="english",
    abstract="We walked; 50% got better.",
    keywords=("walking", "back pain"),
    extra={"note": "Seen in print"},
)
_ROE = (Name("Roe", "Anna B."),)
_PLAIN = Reference(
    "p", "article", "Backs and walks", _ROE, journal="Backs Quarterly", year="2019", volume="3", pages="1-9"
)

_NAMES = {
    "accents": replace(WALKING, title="Été à Łódź: ß, ø, Ç", authors=(Name("Özçelik", "Şule"), Name("Łoś", "É."))),
    "non-Latin": replace(_PLAIN, title="腰痛の運動療法", authors=(Name("山田", "太郎"), Name("Иванова", "Анна")),
                         journal="Журнал боли"),
    "particles": replace(WALKING, authors=(Name("Tulder", "M", "van"), Name("Hooft", "G", "'t"), Name("De Bie", "H"))),
    "suffix": replace(WALKING, authors=(Name("King", "Martin", suffix="Jr."), Name("Roe", "A.", "de la", "III"))),
    "small family name": replace(WALKING, authors=(Name("van der Berg", "A."), Name("d'Arc", "Jeanne"))),
    "double given names": replace(_PLAIN, authors=(Name("Durand", "Jean-Luc"), Name("Li", "Xiao Ming"),
                                                  Name("Garcia Lopez", "J.A."))),
    "a given name that reads as a list": replace(WALKING, authors=(Name("Doe", "Jane and John"), Name("Roe", "A, B"))),
    "group only": replace(WALKING, authors=(Name(literal="Health, Work and Backs Group"),)),
    "thirty authors": replace(WALKING, authors=tuple(Name(f"Author{letter}", f"{letter}.") for letter in "ABCDEF" * 5)),
    "more authors": replace(WALKING, more_authors=True),
}  # fmt: skip
_ARTICLES = {
    "whole article": WALKING,
    "plain article": _PLAIN,
    "e-locator": replace(WALKING, pages="CD009790", volume=""),
    "long number": replace(_PLAIN, pages="1687883", doi="10.1000/long"),
    "one page": replace(_PLAIN, pages="135"),
    "page of a supplement": replace(_PLAIN, pages="S12-S19", volume="12 Suppl 1", number="3-4"),
    "several ranges": replace(WALKING, pages="7, 41, 73-97"),
    "online first": replace(_PLAIN, volume="", pages="", year="2026", month=2, day=9, doi="10.1000/first",
                            extra={"pubstate": "prepublished"}),
    "in press": replace(WALKING, year="in press", month=None, day=None),
    "Cochrane review": replace(WALKING, journal="Cochrane Database of Systematic Reviews", volume="", number="9",
                               pages="CD009790", doi="10.1002/14651858.CD009790.pub2"),
    "special characters": replace(WALKING, title=r'50% & more: A_1 {x} #3 $5 ~ ^ \ "q" -- `` \'\' ?` <0.05> @foo{'),
    "a lone brace": replace(WALKING, title="A } and { too", journal="B { C"),
    "capitals": replace(WALKING, title="GRADE for McKenzie, iPhone-apps and XSmall S-LBP in Great Britain"),
    "DOI with angle brackets": replace(WALKING, doi="10.1002/(SICI)1097<1::AID-X>3.0.CO;2-#a_b%"),
    "no DOI": replace(WALKING, doi="", pmid="", pmcid="", url=""),
    "renamed": replace(_PLAIN, aliases=("roe-2019-backs", "roe-2019-walks")),
    "Dutch": replace(_PLAIN, title="Lopen helpt de rug", language="dutch", issn="0003-9993"),
    "looks like markup": replace(_PLAIN, title="<b>Bold</b> &amp; </title>]]> backs", abstract="p < 0.05 & r > 0.3"),
}  # fmt: skip
_OTHER_WORKS = {
    "book": Reference("b", "book", "Backs", _ROE, publisher="P & Q", address="Delft", year="2004",
                      isbn="978-92-4-008178-9", extra={"edition": "2", "series": "Studies of Backs"}),
    "edited book": Reference("e", "book", "Backs", editors=(Name("Doe", "B."),), publisher="Press", year="2004"),
    "collection": Reference("k", "collection", "More Backs", editors=(Name("Doe", "B."), Name("Poe", "C.")),
                            publisher="Press", address="Utrecht", year="2005", isbn="978-92-4-008178-9"),
    "chapter": Reference("c", "incollection", "Walking", _ROE, (Name("Doe", "B."), Name(literal="WHO")),
                         booktitle="Handbook of Backs", publisher="Press", address="Leiden", year="2004", pages="10-19",
                         isbn="978-92-4-008178-9",
                         extra={"chapter": "12", "edition": "5", "series": "Studies of Backs"}),
    "paper of a congress": Reference("o", "inproceedings", "Walking at work", _ROE,
                                     booktitle="Proceedings of Backs 2010",
                                     publisher="Press", address="Oslo", year="2010", month=5, pages="4-5"),
    "guideline": Reference("n", "techreport", "Backs", (Name(literal="NICE"),), publisher="Health and Care",
                           year="2016", month=11, number="NG59", url="https://example.org/ng59", kind="guideline",
                           extra={"type": "Advice"}),
    "report": Reference("g", "report", "Backs at work", (Name(literal="Backs Institute"),), publisher="Backs Institute",
                        address="Bern and Thun", year="2012", isbn="978-92-4-008178-9", extra={"edition": "3"}),
    "doctoral thesis": Reference("d", "phdthesis", "Backs that walk", _ROE, publisher="University of Delft",
                                 address="Delft", year="2011", url="https://example.org/thesis"),
    "master's thesis": Reference("m", "mastersthesis", "Backs that rest", _ROE,
                                 publisher="University of Delft", year="2012"),
    "preprint": Reference("x", "misc", "Backs ahead", _ROE, publisher="medRxiv", year="2025", month=3, day=4,
                          doi="10.10000/2025.03.04.1", url="https://example.org/preprint", extra={"type": "Preprint"}),
    "dataset": Reference("s", "dataset", "Steps of 900 backs", _ROE, publisher="Zenodo", year="2023", doi="10.1000/z.1",
                         extra={"version": "2"}),
    "software": Reference("q", "software", "BackWalk", _ROE, year="2023", url="https://example.org/bw",
                          extra={"version": "1.2"}),
    "web page": Reference("w", "online", "Back pain", (Name(literal="Institute"),), url="https://example.org/?a=b_c",
                          extra={"urldate": "2026-01-31"}),
    "register entry": Reference("r", "misc", "The VIGOR study", (Name(literal="VCU"),), year="2018", url="https://x.org",
                                kind="registry-entry", extra={"howpublished": "ClinicalTrials.gov NCT00000000"}),
    "manual": Reference("a", "manual", "Walking by the Book", (Name(literal="Walkers"),), publisher="Walkers",
                        year="2001"),
    "manuscript": Reference("u", "unpublished", "Notes on backs", _ROE, year="1999",
                            extra={"note": "The author's typescript"}),
}  # fmt: skip
_STANDINGS = {
    "retracted": replace(_PLAIN, doi="10.1000/fraud", pmid="20000001", standing=Standing(
        "retracted", "2026-01-31", "Made-up data.", "10.1000/notice")),
    "expression of concern": replace(_PLAIN, extra={"note": "Seen in print"}, standing=Standing(
        "expression-of-concern", "2025-06-01", "Doubts about the figures.", "https://example.org/concern")),
    "superseded": replace(_PLAIN, standing=Standing("superseded", by="roe-2024-backs")),
    "retracted report": Reference("t", "techreport", "Backs", (Name(literal="NICE"),), publisher="NICE", year="2016",
                                  number="7", standing=Standing("retracted")),
}  # fmt: skip

ZOO = {**_NAMES, **_ARTICLES, **_OTHER_WORKS, **_STANDINGS}
"""Every animal by what is special about it."""

HERD = tuple(replace(animal, key=f"z{number:02}-{animal.key}") for number, animal in enumerate(ZOO.values()))
"""The animals in one list, each under a key of its own."""
