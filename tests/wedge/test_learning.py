"""The set-up assistant learns the scanner from three readings."""

import pytest

from tests.wedge.scanner import Scanner, run, scans
from tests.wedge.test_recogniser import alt_codes
from warehouse_desk.wedge.keys import ENTER, STX, Key
from warehouse_desk.wedge.layouts import FR, US
from warehouse_desk.wedge.learning import KNOWN_TEXTS, KnownRead, Learned, ReadingRecorder, learn
from warehouse_desk.wedge.profile import CapsHandling, ScannerLayout, StationProfile, Suffix
from warehouse_desk.wedge.recogniser import Recogniser


def learned(scanner: Scanner, prefix: str = "") -> Learned:
    return learn([KnownRead(text, tuple(scanner.keys(prefix + text))) for text in KNOWN_TEXTS])


def said(found: Learned) -> str:
    return " ".join(str(finding) for finding in found.findings)


@pytest.mark.parametrize(("layout", "name"), [(US, ScannerLayout.US), (FR, ScannerLayout.FR)])
@pytest.mark.parametrize("host", ["us", "fr", "fr-windows", "ara", "ma"])
def test_the_layout_is_learned_on_any_computer(layout: object, name: ScannerLayout, host: str) -> None:
    found = learned(Scanner(US if layout is US else FR, host))

    assert (found.profile.layout, found.profile.suffix, found.complete) == (name, Suffix.ENTER, True)


@pytest.mark.parametrize(
    ("suffix", "expected"), [("tab", Suffix.TAB), ("none", Suffix.NONE), ("line feed", Suffix.ENTER)]
)
def test_the_suffix_is_learned(suffix: str, expected: Suffix) -> None:
    assert learned(Scanner(suffix=suffix)).profile.suffix is expected


@pytest.mark.parametrize(("sent", "prefix"), [("~", "~"), ("]C0", "]")])
def test_the_prefix_is_learned(sent: str, prefix: str) -> None:
    assert learned(Scanner(host="fr"), sent).profile.prefix == prefix


def test_stx_is_learned_from_its_keys() -> None:
    reads = [KnownRead(text, (Key(990, 48, "\x02", ctrl=True), *Scanner().keys(text))) for text in KNOWN_TEXTS]

    assert learn(reads).profile.prefix == STX


@pytest.mark.parametrize("layout", [US, FR])
def test_a_scanner_that_undoes_caps_lock_is_found_out(layout: object) -> None:
    scanner = Scanner(US if layout is US else FR, "fr", caps=True, undoes_caps=layout is FR)

    found = learned(scanner)

    expected = CapsHandling.COMPENSATES if layout is FR else CapsHandling.AS_SENT
    assert (found.profile.caps, found.complete) == (expected, True)


def test_a_slow_scanner_gets_the_time_it_needs() -> None:
    slow = Scanner(gap_ms=50)
    found = learned(slow)

    assert found.complete
    assert scans(run(Recogniser(found.profile), slow.keys("ORD-00042")))[0].text == "ORD-00042"


def test_a_scanner_as_slow_as_a_typist_is_not_accepted() -> None:
    found = learned(Scanner(gap_ms=150))

    assert not found.complete
    assert "as slow as typing" in said(found)


def test_alt_codes_are_slow_and_accepted() -> None:
    reads = []
    for text in KNOWN_TEXTS:
        recorder = ReadingRecorder()
        keys = alt_codes(text)
        for key in [*keys, Key(keys[-1].t_ms + 30, ENTER, "\r")]:
            recorder.feed(key)
        reads.append(KnownRead(text, recorder.tick(10**6)))

    assert learn(reads).complete


def test_two_readings_are_too_few() -> None:
    reads = [KnownRead(text, tuple(Scanner().keys(text))) for text in KNOWN_TEXTS[:2]]

    found = learn(reads)

    assert not found.complete
    assert "Barcodes read: 2 of 3. Scan the others." in said(found)


def test_a_wrong_barcode_is_named_with_what_arrived() -> None:
    reads = [KnownRead(text, tuple(Scanner().keys("5901234123457"))) for text in KNOWN_TEXTS]

    found = learn(reads, StationProfile(min_len=7))

    assert (found.complete, found.profile) == (False, StationProfile(min_len=7))
    assert "The barcode ORD-00001 arrived as “5901234123457”" in said(found)


def test_two_scanners_in_turn_are_noticed() -> None:
    first, second, third = KNOWN_TEXTS
    reads = [
        KnownRead(first, tuple(Scanner(US).keys(first))),
        KnownRead(second, tuple(Scanner(FR, "fr").keys(second))),
        KnownRead(third, tuple(Scanner(US).keys(third))),
    ]

    found = learn(reads)

    assert not found.complete
    assert "Are there several scanners" in said(found)


def test_where_only_text_arrives_the_advice_is_one_layout_for_both() -> None:
    found = learned(Scanner(codes=False))

    assert found.profile.layout is ScannerLayout.AUTO
    assert "same keyboard layout" in said(found)


def test_a_recorder_gives_one_reading_at_a_time() -> None:
    recorder = ReadingRecorder()
    given: list[tuple[Key, ...]] = []
    for start in (1000, 5000):
        for key in Scanner().keys("ORD-00001", start):
            given += [reading] if (reading := recorder.feed(key)) else []
    given.append(recorder.tick(9000))

    assert [len(reading) for reading in given] == [10, 10]


def test_an_enter_before_any_reading_is_a_persons() -> None:
    recorder = ReadingRecorder()
    recorder.feed(Key(1000, ENTER, "\r"))

    assert not recorder.under_way
