"""Every scanner layout on every computer layout, with and without Caps Lock."""

from collections.abc import Callable

import pytest

from tests.wedge.scanner import HOSTS, LAYOUTS, Scanner, run, scan_of, scans
from warehouse_desk.wedge.grammar import Grammar, Kind, badge_code, command_code
from warehouse_desk.wedge.layouts import FR, US
from warehouse_desk.wedge.profile import StationProfile
from warehouse_desk.wedge.recogniser import Recogniser
from warehouse_desk.wedge.results import Confidence, Incomplete, Scan

REFERENCES = ("ORD-00001", "ORD-1234567890", "AQWZM-67890", "QWZ-67890")
CODES = {
    "LD008456607": Kind.TRACKING,
    "AQWZ12345X": Kind.TRACKING,
    "6111245591063": Kind.PRODUCT,
    "96385074": Kind.PRODUCT,
    command_code("SHIP"): Kind.COMMAND,
    badge_code("FULLRIDENCHORS"): Kind.BADGE,
}
anywhere = pytest.mark.parametrize("host", HOSTS)
by_any_scanner = pytest.mark.parametrize("layout", LAYOUTS)
with_or_without_caps = pytest.mark.parametrize("caps", [False, True], ids=["", "caps"])


@anywhere
@by_any_scanner
@with_or_without_caps
@pytest.mark.parametrize("case", [str.upper, str.lower], ids=["upper", "lower"])
@pytest.mark.parametrize("reference", REFERENCES)
def test_a_reference_is_read_whatever_the_layouts(
    host: str, layout: str, caps: bool, case: Callable[[str], str], reference: str
) -> None:
    grammar = Grammar(prefixes=("ORD", "AQWZM", "QWZ"))
    recogniser = Recogniser(grammar=grammar)

    results = run(recogniser, Scanner(LAYOUTS[layout], host, caps).keys(case(reference)))

    scan = scans(results)[0]
    assert (len(results), scan.text, scan.kind, scan.needs_confirmation) == (1, reference, Kind.ORDER, False)
    assert scan.confidence is Confidence.KEYS
    assert scan.layout_used == layout


@anywhere
@by_any_scanner
@with_or_without_caps
@pytest.mark.parametrize("code", CODES)
def test_other_codes_are_read_whatever_the_layouts(host: str, layout: str, caps: bool, code: str) -> None:
    scan = scan_of(Scanner(LAYOUTS[layout], host, caps).keys(code))

    assert code in [candidate.text for candidate in scan.candidates]
    assert scan.kind is CODES[code]
    assert scan.text == code
    if scan.needs_confirmation:  # Caps Lock on a Windows AZERTY host garbles letters and no digit.
        assert (host, caps, layout, code) == (
            "fr-windows",
            True,
            "us",
            "AQWZM12345"[: len(code)],
        ) or scan.kind in (Kind.TRACKING,)


@anywhere
@by_any_scanner
@with_or_without_caps
@pytest.mark.parametrize("code", CODES)
def test_a_station_that_knows_its_scanner_never_has_to_ask(host: str, layout: str, caps: bool, code: str) -> None:
    scan = scan_of(
        Scanner(LAYOUTS[layout], host, caps).keys(code),
        layout=StationProfile.from_json({"layout": layout}).layout,
    )

    assert (scan.text, scan.needs_confirmation) == (code, False)


@anywhere
@with_or_without_caps
@pytest.mark.parametrize("case", [str.upper, str.lower], ids=["upper", "lower"])
def test_a_us_scanner_whose_shift_got_lost_is_still_read(host: str, caps: bool, case: Callable[[str], str]) -> None:
    scan = scan_of(Scanner(US, host, caps, loses_shift=True).keys(case("ORD-00042")))

    assert (scan.text, scan.needs_confirmation) == ("ORD-00042", False)


@anywhere
@by_any_scanner
def test_a_scanner_that_undoes_caps_lock_is_read(host: str, layout: str) -> None:
    scanner = Scanner(LAYOUTS[layout], host, caps=True, undoes_caps=True)

    scan = scan_of(scanner.keys("ORD-00042"))

    assert scan.text == "ORD-00042"


@anywhere
@by_any_scanner
@with_or_without_caps
@pytest.mark.parametrize("reference", REFERENCES)
def test_text_alone_never_gives_a_wrong_reference_unasked(host: str, layout: str, caps: bool, reference: str) -> None:
    recogniser = Recogniser(grammar=Grammar(prefixes=("ORD", "AQWZM", "QWZ", "AZW", "QAZW")))

    results = run(recogniser, Scanner(LAYOUTS[layout], host, caps, codes=False).keys(reference))

    for result in results:
        assert isinstance(result, Scan | Incomplete)
        if isinstance(result, Scan) and result.kind is Kind.ORDER and not result.needs_confirmation:
            assert result.text == reference


@pytest.mark.parametrize("host", ["fr", "fr-windows", "ara", "ma", "us"])
@by_any_scanner
@with_or_without_caps
def test_text_alone_is_traced_back_on_the_layouts_of_our_desks(host: str, layout: str, caps: bool) -> None:
    scan = scan_of(Scanner(LAYOUTS[layout], host, caps, codes=False).keys("ORD-67890"))

    assert "ORD-67890" in [candidate.text for candidate in scan.candidates]


@anywhere
@by_any_scanner
@with_or_without_caps
def test_the_desks_own_codes_survive_without_any_key_codes(host: str, layout: str, caps: bool) -> None:
    scan = scan_of(Scanner(LAYOUTS[layout], host, caps, codes=False).keys(command_code("RENVOI")))

    assert (scan.text, scan.kind, scan.needs_confirmation) == (command_code("RENVOI"), Kind.COMMAND, False)


def test_the_desks_own_codes_never_stand_on_moved_keys() -> None:
    for char in command_code("CDEFGHIJKLNOP") + command_code("RSTUVX"):
        assert US.keys_by_char[char] == FR.keys_by_char[char]
