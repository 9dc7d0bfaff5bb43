"""The pictures of the program in ``docs/architecture.md`` show the rooms and arrows that there are."""

import pytest

from tests.architecture.rooms import BELOW_ALL, PAGE, drawn, picture, redrawn


@pytest.mark.parametrize("name", BELOW_ALL)
def test_a_picture_shows_the_rooms_and_arrows_of_the_program(name: str) -> None:
    """Where it does not, ``python -m tests.architecture.rooms`` draws it anew."""
    assert drawn(PAGE.read_text(encoding="utf-8"), name) == picture(name)


def test_a_new_arrow_shows_and_a_drawn_page_is_read_back() -> None:
    empty = "".join(f"<!-- rooms: {name} -->\n```mermaid\n```\n" for name in BELOW_ALL)
    page = redrawn(empty)
    assert [drawn(empty, name) == picture(name) for name in BELOW_ALL] == [False, False]
    assert [drawn(page, name) == picture(name) for name in BELOW_ALL] == [True, True]
    assert redrawn(page) == page
