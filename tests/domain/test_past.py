"""The road of an order is read from its history: what was undone or rolled back no longer counts."""

from datetime import date

import pytest

from warehouse_desk.domain.orders.past import StatusChange, past_of
from warehouse_desk.domain.status import Status

NEW, PACKED, WAITING, SHIPPED, DELIVERED = (
    Status.NEW,
    Status.PACKED,
    Status.WAITING,
    Status.SHIPPED,
    Status.DELIVERED,
)

OUT = [("create", NEW), ("pack", PACKED), ("push", WAITING), ("ship", SHIPPED), ("deliver", DELIVERED)]
BACK = ("rollback", Status.ROLLBACK)


def changes(*told: tuple[str, Status]) -> list[StatusChange]:
    return [StatusChange(kind, after) for kind, after in told]


@pytest.mark.parametrize(
    ("told", "road"),
    [
        (OUT, (NEW, PACKED, WAITING, SHIPPED, DELIVERED)),
        ([*OUT, BACK], (NEW, PACKED, WAITING, SHIPPED)),
        ([*OUT, BACK, ("resume", SHIPPED)], (NEW, PACKED, WAITING, SHIPPED)),
        ([*OUT, BACK, ("resume", SHIPPED), BACK, ("resume", WAITING)], (NEW, PACKED, WAITING)),
        ([*OUT, BACK, ("resume", SHIPPED), BACK, ("resume", WAITING), BACK], (NEW, PACKED)),
        ([*OUT, ("undo", SHIPPED)], (NEW, PACKED, WAITING, SHIPPED)),
        ([*OUT, ("undo", SHIPPED), BACK], (NEW, PACKED, WAITING)),
        ([*OUT, ("undo", SHIPPED), ("undo", WAITING), ("undo", PACKED)], (NEW, PACKED)),
        ([*OUT, ("return", Status.RETURNED), ("renew", NEW), ("push", WAITING)], (NEW, WAITING)),
        ([*OUT[:3], BACK, ("cancel", Status.CANCELED)], (NEW, PACKED, Status.CANCELED)),
        ([*OUT[:3], BACK, ("resume", NEW), ("pack", PACKED)], (NEW, PACKED)),
        ([*OUT[:2], ("out-of-stock", Status.OUT_OF_STOCK), ("back-in-stock", NEW)], (NEW,)),
        (
            [*OUT[:2], ("out-of-stock", Status.OUT_OF_STOCK), ("back-in-stock", NEW), ("undo", Status.OUT_OF_STOCK)],
            (NEW, PACKED, Status.OUT_OF_STOCK),
        ),
        ([("pack", PACKED), ("ship", SHIPPED)], (PACKED, SHIPPED)),
        ([("undo", NEW), ("pack", PACKED)], (NEW, PACKED)),
        ([], ()),
    ],
)
def test_the_road_holds_what_still_counts(told: list[tuple[str, Status]], road: tuple[Status, ...]) -> None:
    assert past_of(changes(*told)).road == road


def test_an_order_came_to_a_status_from_the_one_before_it_on_the_road() -> None:
    past = past_of(changes(*OUT))
    assert [past.before(status) for status in (NEW, PACKED, SHIPPED, Status.CANCELED)] == [None, NEW, WAITING, None]


def test_a_renewed_order_remembers_the_last_day_of_the_journey_before() -> None:
    days = (date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 3))
    told = [*changes(*OUT, ("return", Status.RETURNED)), StatusChange("renew", NEW, days)]
    assert past_of(told).earlier_journey == date(2026, 3, 4)
    assert past_of([*told, *changes(("cancel", Status.CANCELED), ("renew", NEW))]).earlier_journey is None
