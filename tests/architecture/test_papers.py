"""What the papers and the code say of each other is there: files, headings, links."""

import re
from pathlib import Path

import pytest

from tests.architecture.papers import is_there, links, missing_places, papers
from tests.architecture.source import ROOT, all_files, place

_CITED = re.compile(r"\b([\w/-]*[\w-]\.md)\b(?:#([\w-]+))?")
_BY_NUMBER = re.compile(r"\bsection \d", re.IGNORECASE)


def _cited(path: Path) -> list[tuple[str, str]]:
    return _CITED.findall(path.read_text(encoding="utf-8"))


def test_every_paper_that_the_code_cites_has_that_heading() -> None:
    wrong = [
        f"{place(path)}: {file}#{anchor}"
        for path in all_files()
        for file, anchor in _cited(path)
        if not any(is_there(folder / file, anchor) for folder in (ROOT, ROOT / "docs"))
    ]
    assert wrong == []


def test_no_paper_is_cited_by_the_number_of_a_section() -> None:
    """Numbers move when a section is added; headings are held to by the test above."""
    others = [path for path in all_files() if path != Path(__file__)]
    assert [place(path) for path in others if _BY_NUMBER.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.name)
def test_a_paper_links_to_what_is_there(paper: Path) -> None:
    assert [f"{file.name}#{anchor}" for file, anchor in links(paper) if not is_there(file, anchor)] == []


@pytest.mark.parametrize("paper", papers(), ids=lambda paper: paper.name)
def test_a_paper_names_files_that_are_there(paper: Path) -> None:
    assert missing_places(paper) == []
