"""Every file of the corpus has exactly the diagnosis written beside it."""

from pathlib import Path

import pytest

from tests.sheets.corpus.making import CITIES, SKUS, Damaged
from tests.sheets.corpus.texts import TEXTS
from tests.sheets.corpus.workbooks import WORKBOOKS
from tests.sheets.corpus.written import WRITTEN
from warehouse_desk.sheets.errors import SheetError
from warehouse_desk.sheets.importing import read_orders

CORPUS = [*WORKBOOKS, *TEXTS, *WRITTEN]


@pytest.mark.parametrize("damaged", CORPUS, ids=lambda damaged: damaged.name)
def test_each_damaged_file_gets_its_exact_diagnosis(damaged: Damaged, tmp_path: Path) -> None:
    path = tmp_path / damaged.name
    damaged.make(path)
    if damaged.refusal is not None:
        with pytest.raises(SheetError) as refused:
            read_orders(path, known_skus=SKUS, cities=CITIES)
        assert (type(refused.value).__name__, str(refused.value)) == damaged.refusal
        return
    preview = read_orders(path, known_skus=SKUS, cities=CITIES)
    found = [
        (row.number, problem.column, str(problem.severity), str(problem.message), problem.proposed)
        for row in preview.rows
        for problem in row.problems
    ]
    assert found == list(damaged.problems)
    assert len(list(preview.valid_rows())) == damaged.valid
    assert [str(notice) for notice in preview.source.notices] == list(damaged.notices)
    assert preview.source.blank_rows == damaged.blank
    assert {fact: getattr(preview.source, fact) for fact in damaged.check} == damaged.check


def test_the_corpus_is_large() -> None:
    assert len(CORPUS) >= 40
    assert len({damaged.name for damaged in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize(
    "damaged", [d for d in CORPUS if any(p[2] == "repair" for p in d.problems)], ids=lambda d: d.name
)
def test_an_accepted_repair_leaves_nothing_to_repair(damaged: Damaged, tmp_path: Path) -> None:
    path = tmp_path / damaged.name
    damaged.make(path)
    preview = read_orders(path, known_skus=SKUS, cities=CITIES)
    pairs = sum("two numbers" in problem[3] for problem in damaged.problems) // 2
    single = sum(problem[2] == "repair" and problem[4] != "" for problem in damaged.problems)
    assert preview.accept_all() == single - pairs
    assert preview.tally().repairs == len({p[0] for p in damaged.problems if p[2] == "repair" and not p[4]})
    assert preview.tally().errors == len({p[0] for p in damaged.problems if p[2] == "error"})
