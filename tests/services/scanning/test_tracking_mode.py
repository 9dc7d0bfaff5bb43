"""The scanner's tracking mode: the parcel's own label, then the courier's."""

from dataclasses import dataclass

import pytest

from tests.builders import Shop
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.results import ActionResult, Outcome
from warehouse_desk.domain.scanning.modes import ModeName
from warehouse_desk.domain.status import Status
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.scanning.request import ScanRequest


@dataclass
class Station:
    shop: Shop
    desk: Desk
    last: str = ""

    def scan(self, code: str) -> ActionResult:
        options = StepOptions(date=self.shop.context.today())
        self.last = self.desk.scanning.receive(ScanRequest(mode=ModeName.TRACKING, code=code, options=options))
        return self.desk.scanning.process(self.last).result


@pytest.fixture
def station(shop: Shop) -> Station:
    return Station(shop, shop.desk)


def test_the_parcel_then_its_label_and_the_next_parcel(shop: Shop, station: Station) -> None:
    one, two = shop.orders_in(Status.PACKED, 2)
    for reference, number in ((one, "MA-1"), (two, "MA-2")):
        assert str(station.scan(reference).message) == f"{reference}: now scan the courier's label."
        done = station.scan(f"]C1{number}")
        assert (done.outcome, str(done.message)) == (Outcome.DONE, f"{reference} has the tracking number {number}.")
    assert [shop.facts(each).tracking_number for each in (one, two)] == ["MA-1", "MA-2"]
    assert shop.events(two)[-1]["kind"] == "track"


def test_a_courier_s_label_without_a_parcel_at_hand_is_stuck_on_none(shop: Shop, station: Station) -> None:
    reference = shop.order_in(Status.PACKED)
    assert "Scan our own label on the parcel first, then the courier's." in str(station.scan("MA-1").message)
    station.scan(reference)
    station.scan("MA-1")
    again = station.scan("MA-1")
    assert again.outcome is Outcome.REFUSED
    assert str(again.message).startswith(f"This is the courier's label of {reference}.")
    assert again.reference == reference


def test_the_label_of_another_parcel_takes_that_one_to_hand(shop: Shop, station: Station) -> None:
    one, two = shop.orders_in(Status.PACKED, 2)
    station.scan(one)
    station.scan(two)
    station.scan("MA-2")
    assert [shop.facts(each).tracking_number for each in (one, two)] == [None, "MA-2"]


def test_one_courier_s_label_goes_onto_one_parcel(shop: Shop, station: Station) -> None:
    one, two = shop.orders_in(Status.PACKED, 2)
    station.scan(one)
    station.scan("MA-1")
    station.scan(two)
    refused = station.scan("MA-1")
    assert (refused.outcome, refused.reference) == (Outcome.REFUSED, two)
    assert f"MA-1 is the tracking number of {one}" in str(refused.message)
    assert station.scan("MA-2").outcome is Outcome.DONE
    assert shop.facts(two).tracking_number == "MA-2"


@pytest.mark.parametrize("code", ["6111000000017", "ARGAN-50", "XCXSHIP", "XUX123"])
def test_a_product_or_a_code_of_the_desk_is_no_courier_s_label(shop: Shop, station: Station, code: str) -> None:
    reference = shop.order_in(Status.PACKED)
    station.scan(reference)
    assert station.scan(code).outcome is Outcome.REFUSED
    assert shop.facts(reference).tracking_number is None
    assert station.scan("MA-1").outcome is Outcome.DONE


def test_a_parcel_is_forgotten_after_five_minutes(shop: Shop, station: Station) -> None:
    reference = shop.order_in(Status.PACKED)
    station.scan(reference)
    shop.clock.advance(minutes=6)
    assert "first, then the courier's" in str(station.scan("MA-1").message)
    assert shop.facts(reference).tracking_number is None


def test_each_station_has_its_own_parcel_at_hand(shop: Shop, station: Station) -> None:
    one, two = shop.orders_in(Status.PACKED, 2)
    other = Station(shop, shop.desk_of("Karim", "Poste 2"))
    station.scan(one)
    other.scan(two)
    station.scan("MA-1")
    other.scan("MA-2")
    assert [shop.facts(each).tracking_number for each in (one, two)] == ["MA-1", "MA-2"]


def test_what_is_no_parcel_is_refused_and_nothing_stays_at_hand(shop: Shop, station: Station) -> None:
    packed, new = shop.order_in(Status.PACKED), shop.order_in(Status.NEW)
    station.scan(packed)
    assert "only a parcel has a tracking number. Status needed:" in str(station.scan(new).message)
    assert station.scan("MA-1").outcome is Outcome.REFUSED


def test_a_number_is_exchanged_when_the_parcel_has_one(shop: Shop, station: Station) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.desk.orders.track(reference, "MA-1")
    assert "already has the tracking number MA-1" in str(station.scan(reference).message)
    assert str(station.scan("MA-2").message) == f"{reference} has the tracking number MA-2 instead of MA-1."


def test_a_noted_number_is_taken_back_and_a_parcel_at_hand_leaves_nothing(shop: Shop, station: Station) -> None:
    reference = shop.order_in(Status.PACKED)
    station.scan(reference)
    first = station.last
    station.scan("MA-1")
    undone = shop.desk.scanning.undo(station.last)
    assert (undone.outcome, str(undone.message)) == (Outcome.DONE, f"{reference} has no tracking number again.")
    assert shop.facts(reference).tracking_number is None
    assert str(shop.desk.scanning.undo(first).message) == "This scan changed nothing that can be undone."


def test_who_may_print_labels_may_scan_them(shop: Shop, station: Station) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.desk.people.add("Chef", "motdepasse", "Admin")
    packer = Station(shop, shop.desk_of_user("Karim", "Packer"))
    returns = Station(shop, shop.desk_of_user("Rachid", "Returns"))
    assert "generateLabels" in str(returns.scan(reference).message)
    packer.scan(reference)
    assert packer.scan("MA-1").outcome is Outcome.DONE
