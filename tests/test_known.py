"""What is known of each work, as a reader's browser loads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.test_shards import read

from backed.model import Evidence, Study
from backed.render import Site, known
from backed.synthesise import synthesise


@pytest.fixture(scope="module")
def site(toy: Evidence) -> Site:
    return Site(toy, synthesise(toy), (), Path())


def parts(site: Site, kind: str) -> dict[str, Any]:
    return {key: value for one in known(site) if one.path.split("/")[1] == kind for key, value in read(one).items()}


def test_a_study_says_where_it_is_what_was_found_and_which_claims_it_bears_on(site: Site) -> None:
    assert parts(site, "works")["madeup-2020-exercise"] == {
        "label": "Madeup & Toy 2020",
        "title": "Exercise for toy back pain: a systematic review",
        "url": "studies/madeup-2020-exercise/",
        "found": "12 invented trials with 1,480 people; after exercise pain was about 20 points lower on 0-100 than "
        "after nothing or usual care.",
        "claims": [
            {
                "text": "Exercise makes back pain much less.",
                "url": "claims/exercise-helps/",
                "mark": "supported",
                "verdict": "supported",
            }
        ],
    }


def test_every_work_is_known(site: Site) -> None:
    assert set(parts(site, "works")) == set(site.evidence.references)


def test_a_work_that_is_no_study_leads_to_the_bibliography_and_tells_no_finding(site: Site) -> None:
    told = parts(site, "works")["toy-2008-important"]
    assert told == {
        "label": "Placeholder 2008",
        "title": "How much less pain matters: a toy consensus",
        "url": "bibliography/#toy-2008-important",
    }


def test_a_judgement_is_called_one(site: Site) -> None:
    claims = parts(site, "works")["placeholder-2010-distress"]["claims"]
    assert [claim["verdict"] for claim in claims] == ["does not hold (a judgement)"]


def test_a_retracted_study_says_so_in_words(site: Site) -> None:
    told = parts(site, "works")["sample-2005-retracted-exercise"]
    assert told["state"] == "retracted"
    assert told["became"] == (
        "Retracted since 1 May 2007. The journal asked for the data and got none, made up. "
        "Notice: 10.5555/toy.2007.notice."
    )


def test_a_superseded_study_leads_to_the_newer_one_and_its_other_reports_say_whose_fault_it_is(toy: Evidence) -> None:
    old = changed(toy.studies["toy-2001-walking"], state="superseded", by="toy-2011-jogging")
    works = parts(site_with(toy, [old]), "works")
    assert works["toy-2001-walking"]["newer"] == "studies/toy-2011-jogging/"
    assert works["toy-2001-walking"]["became"] == "Superseded."
    assert works["toy-2002-walking-one-year"]["became"] == "Main report superseded."
    assert works["toy-2002-walking-one-year"]["state"] == "superseded"


def test_a_former_key_answers_with_the_key_of_today(toy: Evidence) -> None:
    renamed = toy.studies["toy-2011-jogging"].model_copy(update={"aliases": ("toy-2011-running",)})
    works = parts(site_with(toy, [renamed]), "works")
    assert works["toy-2011-running"] == "toy-2011-jogging"
    assert works["toy-2011-jogging"]["label"] == "Toy 2011"


def test_works_are_found_by_their_identifiers_in_small_letters(toy: Evidence) -> None:
    work = replace(toy.references["toy-2001-walking"], doi="10.5555/TOY(A)", pmid="12", pmcid="PMC34")
    base = replace(toy, references={**toy.references, "toy-2001-walking": work})
    ids = parts(Site(base, synthesise(base), (), Path()), "ids")
    for identifier in ("doi:10.5555/toy(a)", "pmid:12", "pmcid:pmc34", "trial:toy-0001"):
        assert ids[identifier] == ["toy-2001-walking"]
    assert "doi:" not in ids


def test_a_registration_leads_to_every_study_of_it(toy: Evidence) -> None:
    numbers = [{"registry": "ISRCTN", "id": "ISRCTN00000001"}, {"registry": "OSF", "id": "10.17605/OSF.IO/AB3CD"}]
    two = [registered(toy.studies[name], numbers) for name in ("toy-2011-jogging", "toy-2014-three-arms")]
    ids = parts(site_with(toy, two), "ids")
    for identifier in ("trial:isrctn00000001", "doi:10.17605/osf.io/ab3cd"):
        assert ids[identifier] == ["toy-2011-jogging", "toy-2014-three-arms"]


def test_nothing_is_known_of_nothing(toy: Evidence) -> None:
    base = replace(toy, references={})
    assert list(known(Site(base, synthesise(base), (), Path()))) == []


def site_with(toy: Evidence, studies: Iterable[Study]) -> Site:
    base = replace(toy, studies={**toy.studies, **{study.id: study for study in studies}})
    return Site(base, synthesise(base), (), Path())


def changed(study: Study, **status: Any) -> Study:
    return Study.model_validate({**study.model_dump(exclude_none=True), "status": status})


def registered(study: Study, numbers: list[dict[str, str]]) -> Study:
    return Study.model_validate({**study.model_dump(exclude_none=True), "registration": numbers})
