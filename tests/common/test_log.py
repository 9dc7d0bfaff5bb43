"""The log: a file a day, two weeks kept, lines in memory, nothing that names a customer."""

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse_desk.common import log
from warehouse_desk.common.log import log_file, recent_lines, set_worker, start_logging, stop_logging
from warehouse_desk.common.redaction import redacted

desk_log = logging.getLogger("warehouse_desk.shift")


@pytest.fixture(autouse=True)
def end_logging() -> Iterator[None]:
    yield
    stop_logging()
    set_worker("", "")


def test_a_badges_code_is_written_to_no_log() -> None:
    assert redacted("[Quai 2/XUXCDEFGHIJKLNOPRSTUVXC] signed in") == "[Quai 2/XUX***] signed in"


def test_each_line_names_station_and_user(tmp_path: Path) -> None:
    start_logging(tmp_path, "info")
    set_worker("Quai 2", "salma")
    desk_log.info("scan pack %s: done", "ORD-00001")
    assert recent_lines()[-1].endswith("INFO warehouse_desk.shift [Quai 2/salma] scan pack ORD-00001: done")
    (file,) = tmp_path.iterdir()
    assert file.read_text(encoding="utf-8").rstrip() == recent_lines()[-1]


def test_the_level_chosen_decides_what_is_kept(tmp_path: Path) -> None:
    start_logging(tmp_path, "error")
    before = recent_lines()
    desk_log.info("quiet")
    assert recent_lines() == before


def test_memory_keeps_the_last_two_thousand_lines(tmp_path: Path) -> None:
    start_logging(tmp_path, "info")
    for number in range(2_010):
        desk_log.info("line %d", number)
    assert len(recent_lines()) == 2_000
    assert recent_lines()[-1].endswith("line 2009")


def test_a_new_day_begins_a_new_file_and_two_weeks_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start_logging(tmp_path, "info")
    first = datetime(2026, 1, 1, 12, tzinfo=UTC)
    for day in range(20):
        monkeypatch.setattr(log, "now_utc", lambda day=day: first + timedelta(days=day))
        desk_log.info("a day's work")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert (len(names), names[0]) == (14, "warehouse-desk-2026-01-07.log")


def test_a_folder_that_cannot_be_written_does_not_stop_the_work(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file in the way")
    start_logging(tmp_path / "logs", "info")
    desk_log.info("still here")
    assert recent_lines()[-1].endswith("still here")


def test_warnings_are_shown_on_the_console_only_when_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = logging.getLogger("elsewhere")
    start_logging(tmp_path, "info")
    other.warning("unseen")
    start_logging(tmp_path, "info", console=True)
    other.warning("seen")
    assert capsys.readouterr().err.endswith("seen\n")
    assert "unseen" not in capsys.readouterr().err


def test_a_file_is_named_by_its_day(tmp_path: Path) -> None:
    assert log_file(tmp_path, date(2026, 1, 31)).name == "warehouse-desk-2026-01-31.log"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("call +212600000001 now", "call +2126****001 now"),
        ("0612345678", "+2126****678"),
        ("06 12 34 56 78, 07-12-34-56-79", "+2126****678, +2127****679"),
        ("00212 6 12 34 56 78", "+2126****678"),
        ("+33612345678", "+3****678"),
        ("ORD-0612345678 and 2026-01-31 05:20:11,123", "ORD-0612345678 and 2026-01-31 05:20:11,123"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
        ("token=abc&x=1", "token=***&x=1"),
        ('{"password": "secret"}', '{"password": "***"}'),
        ("postgresql://desk:geheim@server/orders", "postgresql://desk:***@server/orders"),
    ],
)
def test_phones_and_secrets_are_taken_out(text: str, kept: str) -> None:
    assert redacted(text) == kept


@given(st.from_regex(r"(\+212|0)[5-7][0-9]{8}", fullmatch=True), st.text(alphabet=" ,;:()[]", min_size=1))
def test_no_moroccan_number_survives_whatever_stands_around_it(number: str, around: str) -> None:
    assert number[-9:] not in redacted(f"{around}{number}{around}")
