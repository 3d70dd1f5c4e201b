"""A made-up evidence base of any size, as large and as varied a record as real ones, the same for the same seed.

    python -m benchmarks.generate FOLDER 1000 --seed 1

Everything in it is invented and says so; DOIs begin with 10.5555, which is kept for examples.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random

from backed.load import load
from backed.model import Record, Source, Vocabularies
from backed.workers import processes, shared

from .figures import Draws
from .questions import PER_ARTICLE, article, article_id, claim, comparison
from .studies import METHODS, Made, Planned, entry, make, plan
from .topics import Topic, topics
from .yaml_text import Plain, to_yaml

VOCABULARIES = Path(__file__).parent.parent / "evidence" / "vocabularies"
STUDIES_PER_COMPARISON = 20
STUDIES_PER_CLAIM = 15


def generate(folder: Path, n: int, seed: int, vocabularies: Path = VOCABULARIES) -> None:
    """Write an evidence base of ``n`` studies into a new folder; it has no problem that `backed check` could find.

    A twentieth as many comparisons and a fifteenth as many claims go with them (at least two of each). Terms are those
    of the ``vocabularies`` folder, which is copied.
    """
    random = Random(seed)
    shutil.copytree(vocabularies, folder / "vocabularies")
    terms = load(folder).evidence.vocabularies
    _write_text(folder / "references/synthetic.bib", "\n".join(_references(terms)))
    asked = topics(terms, max(2, n // STUDIES_PER_COMPARISON), random)
    anchors = _studies(folder, n, asked, terms, random)
    questions = {}
    for topic in asked:
        questions[topic.number] = comparison(topic, anchors[topic.number], terms, random)
        _write(folder / f"comparisons/{topic.comparison}.yaml", questions[topic.number])
    _claims(folder, max(2, n // STUDIES_PER_CLAIM), questions, anchors, terms, random)


def _studies(folder: Path, n: int, asked: list[Topic], terms: Vocabularies, random: Random) -> list[Made]:
    """Write the studies and return, per topic, the review that answers its question.

    Each study is drawn after the one before it, so no process can begin in the middle. As writing takes most of the
    time, every process draws them all and writes its share.
    """
    many, state = processes(), random.getstate()

    def written(share: int) -> list[Made]:
        random.setstate(state)
        return _written(folder, n, asked, terms, random, lambda number: number % many == share)

    anchors, *_ = shared(written, range(many), 2)
    return anchors


def _written(
    folder: Path,
    n: int,
    asked: list[Topic],
    terms: Vocabularies,
    random: Random,
    mine: Callable[[int], bool],
) -> list[Made]:
    planned = [
        plan(number, asked[number % len(asked)], anchor=number < len(asked), random=random) for number in range(n)
    ]
    by_topic: list[list[Planned]] = [planned[topic.number :: len(asked)] for topic in asked]
    anchors: list[Made] = []
    draws = Draws(random)
    for number, one in enumerate(planned):
        made = make(one, by_topic[one.topic.number], terms, random, draws)
        if mine(number):
            _write(folder / f"studies/{one.year}/{one.id}.yaml", made.record)
            _write_text(folder / f"studies/{one.year}/{one.id}.bib", made.bib)
        if len(anchors) < len(asked):
            anchors.append(made)
    return anchors


def _claims(
    folder: Path,
    count: int,
    questions: Mapping[int, dict[str, Plain]],
    anchors: list[Made],
    terms: Vocabularies,
    random: Random,
) -> None:
    for number in range(count):
        anchor = anchors[number % len(anchors)]
        outcomes = questions[anchor.planned.topic.number]["outcomes"]
        record = claim(number, outcomes[0], anchor, terms, random)  # type: ignore[index, arg-type]
        _write(folder / f"claims/synthetic-claim-{number:05}.yaml", record)
    for first in range(0, count, PER_ARTICLE):
        _write(folder / f"articles/{article_id(first)}.yaml", article(first, min(PER_ARTICLE, count - first)))


def _references(terms: Vocabularies) -> Iterator[str]:
    """Yield an entry for the methods, and one for each work that the vocabularies cite."""
    cited = {METHODS}
    for _, vocabulary in terms.named():
        for term in vocabulary.values():
            cited |= {source.report for source in _sources(term)} | {getattr(term, "reference", None) or METHODS}
    for number, key in enumerate(sorted(cited)):
        yield entry(
            "article",
            key,
            title=f"A stand-in for {key}, made up for a benchmark",
            author="{Benchmark generator}",
            journal="Journal of Synthetic Records",
            year="2000",
            doi=f"10.5555/synthetic.work.{number}",
        )


def _sources(value: object) -> Iterator[Source]:
    """Yield every source inside a term."""
    if isinstance(value, Source):
        yield value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from _sources(getattr(value, name))


def _write(path: Path, record: Mapping[str, Plain]) -> None:
    _write_text(path, to_yaml(record))


def _write_text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Write an evidence base as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a folder that does not exist yet")
    parser.add_argument("studies", type=int, help="how many studies")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    generate(given.folder, given.studies, given.seed)


if __name__ == "__main__":
    main()
