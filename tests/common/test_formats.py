"""Days, moments and counts as people read them; and that nobody else puts them into words."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.architecture.source import place, python_files, tree
from warehouse_desk.common.formats import count_text, day_text, moment_text, read_day, time_text, when_text
from warehouse_desk.common.messages import msg

AT = datetime(2026, 3, 7, 14, 3, 9).astimezone()


def test_a_day_has_its_day_first() -> None:
    assert day_text(date(2026, 3, 7)) == "07/03/2026"
    assert moment_text(AT) == "07/03/2026 14:03"


def test_a_moment_is_one_of_the_stations_clock() -> None:
    assert (time_text(AT.astimezone(UTC)), time_text(AT, seconds=True)) == ("14:03", "14:03:09")
    assert moment_text(AT.astimezone(UTC)) == moment_text(AT)


def test_today_and_yesterday_are_said_so() -> None:
    today = AT.date()
    assert when_text(AT, today) == msg("today {time}", time="14:03")
    assert when_text(AT, today + timedelta(days=1)) == msg("yesterday {time}", time="14:03")
    assert when_text(AT, today + timedelta(days=2)) == "07/03/2026 14:03"


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0"), (999, "999"), (1_000, "1\u202f000"), (-1_234_567, "-1\u202f234\u202f567")]
)
def test_thousands_stand_apart(number: int, shown: str) -> None:
    assert count_text(number) == shown


def test_a_count_may_show_its_sign() -> None:
    assert (count_text(1_500, signed=True), count_text(-3, signed=True)) == ("+1\u202f500", "-3")


@pytest.mark.parametrize("written", ["2026-01-31", "31/01/2026", "31.1.2026", "2026/1/31", "2026-01-31T10:00"])
def test_a_day_is_read_in_both_orders(written: str) -> None:
    assert read_day(written) == date(2026, 1, 31)


@pytest.mark.parametrize("written", ["31/02/2026", "01/31/2026", "soon", "20260131", "31/01/26", ""])
def test_what_is_no_day_is_none(written: str) -> None:
    assert read_day(written) is None


FORMATS = "warehouse_desk/common/formats.py"
ITS_OWN_WAY = {
    "warehouse_desk/domain/orders/wire.py",  # what the API's server reads
    "warehouse_desk/data/schema/backups.py",  # a file's name
}


def _formattings(node: ast.AST) -> Iterator[str]:
    """Yield how a node puts a day or a count into words by itself."""
    if isinstance(node, ast.Attribute) and node.attr == "strftime":
        yield "strftime"
    if isinstance(node, ast.JoinedStr) and "month" in ast.unparse(node):
        yield "a day put together"
    if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
        spec = ast.unparse(node.format_spec)
        if re.search(r"%[a-zA-Z]|,", spec):
            yield spec
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"msg", "nmsg", "tr"}:
        yield from (
            "isoformat in a sentence"
            for part in ast.walk(node)
            if isinstance(part, ast.Attribute) and part.attr == "isoformat"
        )


def test_days_and_counts_are_put_into_words_in_one_place() -> None:
    found = {
        (place(path), what)
        for path in python_files("warehouse_desk")
        for node in ast.walk(tree(path))
        for what in _formattings(node)
        if place(path) not in {FORMATS, *ITS_OWN_WAY}
    }
    assert found == set()
