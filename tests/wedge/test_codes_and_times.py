"""Forms of codes, repeated readings, event times."""

import pytest

from warehouse_desk.common.codes import check_digit_holds
from warehouse_desk.wedge.grammar import (
    Grammar,
    Kind,
    badge_code,
    command_code,
    desk_word,
    is_reserved,
    station_code,
)
from warehouse_desk.wedge.repeats import Repeat, RepeatRule
from warehouse_desk.wedge.timing import EventClock, Heartbeat


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ORD-00001", Kind.ORDER),
        ("ORD-1234567", Kind.ORDER),
        ("ORD-0001", None),
        ("ORD-٠٠٠٠١", None),
        ("XORD-00001", None),
        ("6111245591063", Kind.PRODUCT),
        ("036000291452", Kind.PRODUCT),
        ("96385074", Kind.PRODUCT),
        ("6111245591064", Kind.TRACKING),
        ("LD008456607MA", Kind.TRACKING),
        ("CASABLANCA", None),
        ("AB12345", None),
        ("A1" * 16, None),
        ("ORD-" + "1" * 61, None),
        (command_code("RETURN"), Kind.COMMAND),
        (badge_code("CDEFGHIJKL"), Kind.BADGE),
        (station_code("NORD"), Kind.STATION),
    ],
)
def test_a_code_is_told_by_its_form(text: str, kind: Kind | None) -> None:
    assert Grammar().kind_of(text) is kind


def test_a_reference_of_64_characters_is_the_longest() -> None:
    assert Grammar().kind_of("ORD-" + "1" * 60) is Kind.ORDER


@pytest.mark.parametrize(("digits", "holds"), [("4006381333931", True), ("4006381333932", False)])
def test_the_check_digit_is_that_of_gs1(digits: str, holds: bool) -> None:
    assert check_digit_holds(digits) is holds


@pytest.mark.parametrize("word", ["PACK", "SHIP1", "A", ""])
def test_words_that_a_layout_would_change_are_refused(word: str) -> None:
    with pytest.raises(ValueError, match="cannot be a code"):
        command_code(word)


def test_the_word_of_a_command_comes_back() -> None:
    assert desk_word(command_code("undo")) == "UNDO"


@pytest.mark.parametrize(("name", "reserved"), [("xcx-1", True), ("XUX", True), ("ORD-00001", False)])
def test_names_that_begin_like_codes_of_the_desk_are_reserved(name: str, reserved: bool) -> None:
    assert is_reserved(name) is reserved


def test_among_orders_a_double_read_is_one_scan_and_a_later_one_is_again() -> None:
    rule = RepeatRule()

    judged = [rule.judge("ORD-00001", now).repeat for now in (0, 1500, 3001)]

    assert judged == [Repeat.NEW, Repeat.DOUBLE_READ, Repeat.AGAIN]


def test_among_pieces_every_reading_is_one_more_unit() -> None:
    rule = RepeatRule(counting=True)

    assert [rule.judge("6111245591063", now).repeat for now in (0, 300, 600)] == [Repeat.NEW] * 3


def test_again_tells_how_long_ago() -> None:
    rule = RepeatRule()
    rule.judge("ORD-00001", 1000)

    assert rule.judge("ORD-00001", 13_000).since_ms == 12_000


def test_other_codes_between_do_not_hide_a_repeat_and_forgetting_does() -> None:
    rule = RepeatRule()
    for code in ("ORD-00001", "ORD-00002"):
        rule.judge(code, 0)
    rule.forget("ORD-00002")

    assert rule.judge("ORD-00001", 100).repeat is Repeat.DOUBLE_READ
    assert rule.judge("ORD-00002", 100).repeat is Repeat.NEW


def test_event_times_rise_over_the_wrap_of_32_bits() -> None:
    clock = EventClock()
    first = clock.of_event(2**32 - 10, 50)

    assert clock.of_event(6, 66) - first == 16


def test_an_event_stamped_before_its_predecessor_does_not_turn_time_back() -> None:
    clock = EventClock()
    first = clock.of_event(1000, 50)

    assert clock.of_event(990, 60) == first


def test_events_without_stamp_are_placed_by_the_smallest_delay_seen() -> None:
    clock = EventClock()
    clock.of_event(1000, 5030)  # delivered late
    clock.of_event(1100, 5105)

    assert clock.of_event(0, 5205) == 1200


def test_a_busy_window_makes_times_doubtful_for_a_moment() -> None:
    heart = Heartbeat()
    for now in (0, 25, 50):
        heart.beat(now)

    assert [heart.reliable(now) for now in (60, 300)] == [True, False]
    heart.beat(305)
    assert not heart.reliable(310)
    heart.beat(400)
    assert heart.reliable(456)
