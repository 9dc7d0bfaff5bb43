"""What is a scan, what is a reading cut short, what is typing."""

from dataclasses import replace

import pytest

from tests.wedge.scanner import (
    SUFFIX_KEYS,
    Scanner,
    incomplete_of,
    read_one,
    released_of,
    run,
    scan_of,
    scans,
    typed,
)
from warehouse_desk.wedge.burstlog import BurstLog
from warehouse_desk.wedge.grammar import Kind
from warehouse_desk.wedge.keys import ENTER, LEFT_ALT, STX, Key
from warehouse_desk.wedge.layouts import FR, US
from warehouse_desk.wedge.profile import ScannerLayout, StationProfile, Suffix
from warehouse_desk.wedge.recogniser import Recogniser
from warehouse_desk.wedge.results import Confidence, IncompleteReason, Released, ReleaseReason, Scan

CODE = "ORD-00042"
KEYPAD_KEYS = {
    char: phys for phys, char in {82: "0", 79: "1", 80: "2", 81: "3", 75: "4", 76: "5", 77: "6", 74: "-"}.items()
}


@pytest.mark.parametrize("suffix", SUFFIX_KEYS)
def test_every_suffix_ends_a_scan_and_reaches_nobody(suffix: str) -> None:
    recogniser = Recogniser()
    *data, end = Scanner(suffix=suffix).keys(CODE)
    run_before_end = [recogniser.feed(key).results for key in data]

    step = recogniser.feed(end)

    assert not any(run_before_end)
    assert step.consumed
    assert [scan.text for scan in step.results if isinstance(scan, Scan)] == [CODE]


def test_a_carriage_return_with_line_feed_is_one_suffix() -> None:
    recogniser = Recogniser()
    keys = Scanner().keys(CODE)
    run_line_feed = replace(SUFFIX_KEYS["line feed"], t_ms=keys[-1].t_ms + 10)
    for key in keys:
        recogniser.feed(key)

    assert recogniser.feed(run_line_feed).consumed


def test_a_scanner_without_suffix_is_read_after_silence() -> None:
    assert scan_of(Scanner(suffix="none").keys(CODE)).text == CODE


def test_where_a_suffix_is_due_a_reference_without_it_is_incomplete() -> None:
    result = incomplete_of(Scanner(suffix="none").keys("ORD-12345"), suffix=Suffix.ENTER)

    assert (result.reason, result.plausible) == (IncompleteReason.NO_SUFFIX, True)


def test_once_a_suffix_was_seen_its_absence_is_noticed() -> None:
    recogniser = Recogniser()
    run(recogniser, Scanner().keys(CODE))

    results = run(recogniser, Scanner(suffix="none").keys("ORD-12345", 20_000))

    assert not scans(results)


def test_a_reading_torn_in_two_sends_nothing_and_its_enter_presses_nothing() -> None:
    recogniser = Recogniser(StationProfile(suffix=Suffix.ENTER))
    keys = Scanner().keys("ORD-1234567")
    torn = [*keys[:9], *(replace(key, t_ms=key.t_ms + 200) for key in keys[9:])]

    steps = [recogniser.feed(key) for key in torn]

    assert not scans([result for step in steps for result in step.results])
    assert steps[-1].consumed


def test_the_rest_of_a_torn_reading_is_no_product_even_with_a_right_check_digit() -> None:
    recogniser = Recogniser(StationProfile(suffix=Suffix.ENTER))
    keys = Scanner().keys("ORD-1296385074")
    torn = [*keys[:6], *(replace(key, t_ms=key.t_ms + 150) for key in keys[6:])]

    assert not scans(run(recogniser, torn))


def test_a_number_typed_right_after_a_scan_keeps_its_enter() -> None:
    recogniser = Recogniser()
    scan = Scanner().keys(CODE)
    amount = typed("12", [150], at_ms=scan[-1].t_ms + 200)
    for key in [*scan, *amount]:
        recogniser.feed(key)

    assert not recogniser.feed(Key(amount[-1].t_ms + 90, ENTER, "\r")).consumed


def test_enter_a_moment_after_a_number_typed_right_after_a_scan_is_a_persons() -> None:
    recogniser = Recogniser()
    scan = Scanner().keys(CODE)
    amount = typed("12", [150], at_ms=scan[-1].t_ms + 200)
    for key in [*scan, *amount]:
        recogniser.feed(key)

    assert not recogniser.feed(Key(amount[-1].t_ms + 200, ENTER, "\r")).consumed


def test_a_suffix_long_after_is_a_persons_enter() -> None:
    recogniser = Recogniser()
    keys = Scanner(suffix="none").keys(CODE)
    for key in keys:
        recogniser.feed(key)

    assert not recogniser.feed(Key(keys[-1].t_ms + 1500, ENTER, "\r")).consumed


@pytest.mark.parametrize("text", ["ORD-٠٠٠٤٢", "ORD-00042X", "ORD 00042"])
def test_a_text_that_is_no_reference_is_unknown_and_not_repaired(text: str) -> None:
    keys = [Key(1000 + place * 10, text=char) for place, char in enumerate(text)]

    result = scan_of([*keys, Key(1200, ENTER, "\r")])

    assert (result.kind, result.confidence) == (Kind.UNKNOWN, Confidence.NONE)


def test_two_labels_without_suffix_between_are_two_orders() -> None:
    results = run(Recogniser(), Scanner().keys("ORD-00001ORD-00002"))

    assert [scan.text for scan in scans(results)] == ["ORD-00001", "ORD-00002"]


def test_a_whole_and_half_a_label_are_no_order() -> None:
    result = scan_of(Scanner().keys("ORD-00001ORD-0"))

    assert result.kind is Kind.UNKNOWN


def test_more_than_64_characters_are_refused_whole() -> None:
    result = incomplete_of(Scanner().keys("ORD-" + "1" * 100))

    assert (result.reason, len(result.keys)) == (IncompleteReason.TOO_LONG, 64)


def test_a_key_held_down_is_typing() -> None:
    keys = [Key(1000 + place * 30, 30, "a", auto_repeat=place > 0) for place in range(20)]

    results = run(Recogniser(), [*keys, Key(1610, ENTER, "\r")])

    assert all(isinstance(result, Released) for result in results)


def test_fast_keys_too_few_for_a_code_are_typing() -> None:
    assert released_of(Scanner().keys("abc")).reason is ReleaseReason.TOO_FEW


def test_typing_at_a_quick_typists_speed_is_typing_even_when_it_spells_a_reference() -> None:
    keys = typed("ORD-00042", [60, 70, 60, 60, 30, 80, 60, 60])

    result = read_one([*keys, Key(keys[-1].t_ms + 70, ENTER, "\r")])

    assert isinstance(result, Released)


def test_on_a_scan_page_a_slow_scanner_is_believed() -> None:
    recogniser = Recogniser()
    recogniser.scan_page = True

    assert scans(run(recogniser, Scanner(gap_ms=70).keys(CODE)))[0].text == CODE


def test_a_phone_number_typed_with_enter_stays_typed_even_where_the_scanner_is_slow() -> None:
    keys = typed("0612345678", [70] * 9)

    result = released_of([*keys, Key(keys[-1].t_ms + 70, ENTER, "\r")], mean_max=80)

    assert result.reason is ReleaseReason.TOO_SLOW


def test_a_ctrl_shortcut_between_fast_keys_ends_the_burst_and_passes() -> None:
    recogniser = Recogniser()
    for key in typed("abcdef", [20] * 5):
        recogniser.feed(key)

    step = recogniser.feed(Key(1120, 46, "\x03", ctrl=True))

    assert (step.took, step.consumed, len(step.results)) == (False, False, 1)


def test_a_space_at_rest_is_never_taken() -> None:
    assert not Recogniser().feed(Key(1000, 57, " ")).took


def test_times_from_a_busy_window_need_suffix_and_form() -> None:
    whole = [replace(key, reliable=False) for key in Scanner().keys(CODE)]
    word = [replace(key, reliable=False) for key in Scanner().keys("bonjour")]

    assert scan_of(whole).text == CODE
    assert released_of(word).reason is ReleaseReason.BUSY
    assert released_of(whole[:-1]).reason is ReleaseReason.BUSY


def test_stx_and_etx_frame_a_code_by_their_physical_keys() -> None:
    frame_open, frame_close = Key(1000, 48, STX, ctrl=True), Key(1100, 46, "\x03", ctrl=True)

    scan = scan_of([frame_open, *Scanner(host="fr", suffix="none").keys(CODE, 1010), frame_close], prefix=STX)

    assert scan.text == CODE


def test_without_stx_as_prefix_ctrl_b_is_a_persons() -> None:
    step = Recogniser().feed(Key(1000, 48, STX, ctrl=True))

    assert (step.took, step.consumed) == (False, False)


def test_the_separator_of_gs1_codes_is_found_by_its_key_whatever_text_the_host_makes_of_it() -> None:
    keys = Scanner(host="fr").keys("LD008456607")
    separator = Key(keys[4].t_ms + 8, 27, "$", ctrl=True)

    assert scan_of([*keys[:5], separator, *keys[5:]]).text == "LD008456607"


@pytest.mark.parametrize("host", ["us", "fr", "ara"])
def test_an_aim_identifier_names_the_symbology(host: str) -> None:
    scan = scan_of(Scanner(host=host).keys("]C0" + CODE), prefix="]")

    assert (scan.text, scan.symbology) == (CODE, "]C0")


def test_an_azerty_scanner_sends_the_identifiers_bracket_with_altgr() -> None:
    bracket = Key(990, 12, "]", altgr=True)

    scan = scan_of([bracket, *Scanner(FR, "us").keys("C0" + CODE)], prefix="]")

    assert (scan.text, scan.symbology) == (CODE, "]C0")


def test_a_bracket_and_enter_typed_by_a_person_are_typing() -> None:
    assert isinstance(read_one([Key(1000, 27, "]"), Key(1050, ENTER, "\r")], prefix="]"), Released)


def test_an_identifier_before_an_ean_shows_the_product() -> None:
    scan = scan_of(Scanner().keys("]E06111245591063"))

    assert (scan.text, scan.kind, scan.symbology) == ("6111245591063", Kind.PRODUCT, "]E0")


def test_digits_from_the_keypad_read_the_same_under_both_layouts() -> None:
    letters = Scanner(host="fr", suffix="none").keys("ORD")
    digits = [Key(1048 + place * 16, KEYPAD_KEYS[char], char) for place, char in enumerate("-00042")]

    scan = scan_of([*letters, *digits, Key(1160, 96, "\r")])

    assert (scan.text, scan.needs_confirmation) == (CODE, False)


def test_moved_letters_before_keypad_digits_are_asked_about() -> None:
    letters = Scanner(host="fr", suffix="none").keys("AQ")
    digits = [Key(1032 + place * 16, KEYPAD_KEYS[char], char) for place, char in enumerate("001042")]

    scan = scan_of([*letters, *digits, Key(1160, 96, "\r")])

    assert scan.needs_confirmation
    assert {candidate.text for candidate in scan.candidates} == {"AQ001042", "QA001042"}


def test_a_learned_layout_settles_what_would_be_asked() -> None:
    letters = Scanner(host="fr", suffix="none").keys("AQ")
    digits = [Key(1032 + place * 16, KEYPAD_KEYS[char], char) for place, char in enumerate("001042")]

    scan = scan_of([*letters, *digits, Key(1160, 96, "\r")], layout=ScannerLayout.US)

    assert (scan.text, scan.needs_confirmation) == ("AQ001042", False)


def alt_codes(text: str, at_ms: int = 1000, *, by_windows: bool = False) -> list[Key]:
    keypad = {0: 82, 1: 79, 2: 80, 3: 81, 4: 75, 5: 76, 6: 77, 7: 71, 8: 72, 9: 73}
    keys: list[Key] = []
    for char in text:
        for digit in f"{ord(char):04}":
            keys.append(Key(at_ms, keypad[int(digit)], alt=True))
            at_ms += 16
        keys.append(Key(at_ms, LEFT_ALT, pressed=False))
        if by_windows:
            keys.append(Key(at_ms + 1, text=char))
        at_ms += 24
    return keys


@pytest.mark.parametrize("by_windows", [False, True], ids=["X11", "Windows"])
def test_alt_codes_are_put_together_whoever_composes_them(by_windows: bool) -> None:
    keys = alt_codes(CODE, by_windows=by_windows)

    scan = scan_of([*keys, Key(keys[-1].t_ms + 30, ENTER, "\r")])

    assert (scan.text, scan.needs_confirmation) == (CODE, False)


def test_one_accent_by_alt_code_is_typing() -> None:
    assert released_of(alt_codes("é")).reason is ReleaseReason.TOO_FEW


def test_a_person_and_then_the_scanner_are_told_apart() -> None:
    person = typed("casa", [90, 90, 90])

    results = run(Recogniser(), [*person, *Scanner(host="fr").keys(CODE, person[-1].t_ms + 150)])

    assert [type(result) for result in results] == [Released, Scan]


def test_the_log_keeps_fifty_bursts_and_no_typing() -> None:
    log = BurstLog()
    recogniser = Recogniser(log=log)
    for number in range(60):
        run(recogniser, Scanner().keys(f"ORD-{number:05}", 1000 + number * 5000))
    run(recogniser, typed("mot de passe", [90] * 11, at_ms=900_000))

    text = log.to_text()

    assert (len(log), "ORD-00009" in text, "ORD-00010" in text) == (50, False, True)
    assert "  +  16 ms  key  19  'R'      Shift" in text


def test_forgetting_lets_the_rest_of_a_reading_come_to_nothing() -> None:
    recogniser = Recogniser()
    keys = Scanner().keys(CODE)
    for key in keys[:6]:
        recogniser.feed(key)
    recogniser.reset()

    results = run(recogniser, keys[6:])

    assert not scans(results)


def test_a_lost_layout_is_asked_about_when_the_station_learned_another() -> None:
    scan = scan_of(Scanner(FR, "fr").keys(CODE), layout=ScannerLayout.US)

    assert (scan.text, scan.needs_confirmation) == (CODE, True)


def test_a_profile_survives_its_file_and_settings_of_later_versions() -> None:
    stored = StationProfile(layout=ScannerLayout.FR, prefix="~", suffix=Suffix.TAB).to_json()

    assert StationProfile.from_json({**stored, "from_a_later_version": 1}) == StationProfile(
        layout=ScannerLayout.FR, prefix="~", suffix=Suffix.TAB
    )


def test_a_prefix_of_the_station_is_taken_off() -> None:
    assert scan_of(Scanner(US, "fr").keys("~" + CODE), prefix="~").text == CODE
