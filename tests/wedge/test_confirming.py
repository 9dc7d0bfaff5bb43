"""A doubtful reading is settled by what exists, and by nothing else."""

import pytest

from tests.wedge.scanner import Scanner, incomplete_of, scan_of
from warehouse_desk.wedge.confirming import confirmed
from warehouse_desk.wedge.grammar import Kind
from warehouse_desk.wedge.layouts import US
from warehouse_desk.wedge.results import Candidate, Scan
from warehouse_desk.wedge.sentences import on_blocked, on_incomplete, on_unconfirmed, on_unknown


@pytest.fixture
def doubtful() -> Scan:
    """Letters that AZERTY moves, from a computer that lets Caps Lock shift the digit row."""
    scan = scan_of(Scanner(US, "fr-windows", caps=True).keys("AQ123456"))
    assert {candidate.text for candidate in scan.candidates} == {"AQ123456", "QA123456"}
    return scan


@pytest.mark.parametrize("existing", ["AQ123456", "QA123456"])
def test_the_one_candidate_that_exists_is_meant(doubtful: Scan, existing: str) -> None:
    settled = confirmed(doubtful, lambda candidate: candidate.text == existing)

    assert settled is not None
    assert (settled.text, settled.kind, settled.needs_confirmation) == (existing, Kind.TRACKING, False)


@pytest.mark.parametrize("answer", [True, False, None], ids=["both", "none", "cannot tell"])
def test_no_other_answer_settles_it(doubtful: Scan, answer: bool | None) -> None:
    assert confirmed(doubtful, lambda _: answer) is None


def test_one_known_and_one_out_of_reach_is_not_settled(doubtful: Scan) -> None:
    assert confirmed(doubtful, lambda candidate: True if candidate.text == "AQ123456" else None) is None


def test_a_certain_reading_is_not_looked_up() -> None:
    certain = scan_of(Scanner().keys("ORD-00042"))

    def never(candidate: Candidate) -> bool:
        raise AssertionError(candidate)

    assert confirmed(certain, never) is certain


def test_the_worker_is_told_both_readings(doubtful: Scan) -> None:
    assert "read as AQ123456, QA123456, and" in str(on_unconfirmed(doubtful))


def test_the_worker_is_told_what_is_missing() -> None:
    cut = incomplete_of(Scanner(suffix="none").keys("ORD-12"))
    long = incomplete_of(Scanner().keys("1" * 70))
    unknown = scan_of(Scanner().keys("HTTPS://X.MA"))

    assert str(on_incomplete(cut)) == "Only a part of a code arrived (ORD-12). Scan the label again."
    assert "longer than 64 characters" in str(on_incomplete(long))
    assert str(on_unknown(unknown)).startswith("HTTPS://X.MA is no order")
    assert "scan HTTPS://X.MA again" in str(on_blocked(unknown))
