"""One reading of the scanner: judged, written and answered in one transaction, and never applied twice."""

import pytest

from tests.builders import Shop, a_desk, an_open_database, everything, refuse_inserts, rows, run_sql
from warehouse_desk.common.ids import new_id
from warehouse_desk.data.tables import scan as scan_table
from warehouse_desk.domain.errors import NotFound, WrongUsage
from warehouse_desk.domain.orders.transitions import Action, ability_of
from warehouse_desk.domain.people.abilities import ALL_ABILITIES, ROLES, Ability
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.scanning.modes import STATUS_MODES, ModeName
from warehouse_desk.domain.status import Status

FROM = {
    "pack": Status.NEW,
    "ship": Status.PACKED,
    "deliver": Status.SHIPPED,
    "return": Status.SHIPPED,
    "cancel": Status.NEW,
}


@pytest.mark.parametrize("mode", STATUS_MODES)
def test_a_reading_does_the_modes_step(shop: Shop, mode: ModeName) -> None:
    reference = shop.order_in(FROM[mode])
    result = shop.desk.scanning.scan(mode, reference, shop.options())
    assert (result.outcome, result.reference) == (Outcome.DONE, reference)
    assert shop.events(reference)[-1]["kind"] == STATUS_MODES[mode].value
    assert shop.operations(reference)[-1]["to_status"] == result.status_after


def test_a_rule_that_another_station_changes_binds_the_very_next_reading(shop: Shop, database_url: str) -> None:
    first, second, third = shop.orders_in(Status.NEW, 3)
    packer = shop.desk_of("Karim", abilities=ROLES["Packer"])
    assert packer.scanning.scan("pack", first, shop.options()).outcome is Outcome.DONE
    with an_open_database(database_url) as elsewhere:
        supervisor = a_desk(elsewhere, user="Nadia", station="Bureau")
        supervisor.settings.change({"verify_before_pack": "on"})
        assert packer.scanning.scan("pack", second, shop.options()).outcome is Outcome.REFUSED
        supervisor.settings.change({"verify_before_pack": "off"})
    assert packer.scanning.scan("pack", third, shop.options()).outcome is Outcome.DONE


def test_a_reading_is_kept_with_its_answer(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    name = new_id()
    shop.desk.scanning.scan("ship", f" {reference}\r\n", shop.options(), name)
    (row,) = rows(shop.database, scan_table)
    assert (row["id"], row["mode"], row["code"], row["outcome"]) == (name, "ship", reference, "done")
    assert (row["status_before"], row["status_after"]) == ("PACKED", "SHIPPED")
    assert (row["at"], row["user_name"], row["order_id"]) == (
        shop.clock.moment,
        "Salma",
        shop.facts(reference).id,
    )


@pytest.mark.parametrize("mode", STATUS_MODES)
def test_the_same_reading_given_again_gets_its_first_answer(shop: Shop, mode: ModeName) -> None:
    reference = shop.order_in(FROM[mode])
    name = new_id()
    first = shop.desk.scanning.scan(mode, reference, shop.options(), name)
    before = everything(shop.database)
    shop.clock.advance(minutes=3)
    assert shop.desk.scanning.scan(mode, reference, shop.options(), name) == first
    assert everything(shop.database) == before


def test_a_refusal_given_again_is_the_same_refusal(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    name = new_id()
    first = shop.desk.scanning.scan("ship", reference, shop.options(), name)
    assert first.outcome is Outcome.REFUSED
    shop.done(Action.PACK, reference)
    again = shop.desk.scanning.scan("ship", reference, shop.options(), name)
    assert (again.outcome, str(again.message)) == (Outcome.REFUSED, str(first.message))
    assert shop.status(reference) is Status.PACKED


def test_two_readings_of_one_parcel_ship_it_once(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    outcomes = [shop.desk.scanning.scan("ship", reference, shop.options()).outcome for _ in range(2)]
    assert outcomes == [Outcome.DONE, Outcome.ALREADY]
    assert [kind for kind, _ in shop.movements(reference)] == ["COMMIT", "PURGE"]
    assert shop.on_hand() == 999


@pytest.mark.parametrize("column", ["tracking_number", "remote_reference"])
@pytest.mark.parametrize("stored", ["AM-778 899 MA", "am-778x"])
def test_an_order_is_found_by_the_couriers_and_the_servers_code(shop: Shop, column: str, stored: str) -> None:
    reference = shop.order_in(Status.PACKED)
    run_sql(shop.database, f"UPDATE orders SET {column} = '{stored}' WHERE reference = '{reference}'")
    result = shop.desk.scanning.scan("ship", f" {stored}\n", shop.options())
    assert (result.outcome, result.reference) == (Outcome.DONE, reference)


def test_our_own_reference_wins_over_another_orders_tracking_number(shop: Shop) -> None:
    mine, other = shop.orders_in(Status.PACKED, 2)
    run_sql(shop.database, f"UPDATE orders SET tracking_number = '{mine}' WHERE reference = '{other}'")
    assert shop.desk.scanning.scan("ship", mine, shop.options()).order_id == shop.facts(mine).id


@pytest.mark.parametrize(
    "code", ["ORD-99999", "6111000000018", "\x1b[A", "x" * 10_000, "ORD-1\nORD-2", "شحنة"], ids=range(6)
)
def test_an_unknown_code_is_answered_and_kept(shop: Shop, code: str) -> None:
    shop.order_in(Status.NEW)
    result = shop.desk.scanning.scan("pack", code, shop.options())
    assert result.outcome is Outcome.UNKNOWN
    assert [row["outcome"] for row in rows(shop.database, scan_table)] == ["unknown"]


def test_a_products_barcode_is_no_label_and_says_so(shop: Shop) -> None:
    shop.order_in(Status.NEW)
    result = shop.desk.scanning.scan("pack", "6111000000017", shop.options())
    assert result.outcome is Outcome.REFUSED
    assert "ARGAN-50" in str(result.message)


@pytest.mark.parametrize("code", ["", "  \r\n", "\x00\x1b"])
def test_an_empty_reading_asks_to_scan_again(shop: Shop, code: str) -> None:
    result = shop.desk.scanning.scan("pack", code)
    assert result.outcome is Outcome.UNKNOWN
    assert "Scan the label again" in str(result.message)


def test_a_deleted_order_is_unknown_to_the_scanner(shop: Shop) -> None:
    reference = shop.order_in(Status.NEW)
    shop.done(Action.DELETE, reference)
    assert shop.desk.scanning.scan("pack", reference).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("mode", STATUS_MODES)
def test_who_may_not_is_told_at_the_parcel(shop: Shop, mode: ModeName) -> None:
    reference = shop.order_in(FROM[mode])
    ability = ability_of(STATUS_MODES[mode])
    result = shop.desk_of("Karim", abilities=ALL_ABILITIES - {ability}).scanning.scan(mode, reference, shop.options())
    assert result.outcome is Outcome.REFUSED
    assert ability.value in str(result.message)
    assert shop.status(reference) is FROM[mode]


def test_shipping_without_a_warehouse_is_refused_before_anything_is_read(shop: Shop) -> None:
    with pytest.raises(WrongUsage, match="needs more: Warehouse"):
        shop.desk.scanning.scan("ship", "ORD-00001", shop.options(warehouse_id=None))
    with pytest.raises(NotFound, match="no warehouse 99"):
        shop.desk.scanning.scan("ship", shop.order_in(Status.PACKED), shop.options(warehouse_id=99))


@pytest.mark.parametrize("table", ["scan", "change_log", "stock_movement", "outbox", "order_event"])
def test_a_reading_whose_write_fails_leaves_nothing(shop: Shop, table: str) -> None:
    reference = shop.order_in(Status.PACKED)
    before = everything(shop.database)
    refuse_inserts(shop.database, table)
    with pytest.raises(Exception, match="broken"):
        shop.desk.scanning.scan("ship", reference, shop.options())
    assert everything(shop.database) == before


def test_too_little_stock_is_said_at_the_parcel(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED, products=[{"sku": "SAVON-N", "quantity": 1_001, "price": 5}])
    result = shop.desk.scanning.scan("ship", reference, shop.options())
    assert result.outcome is Outcome.REFUSED
    assert "SAVON-N (wanted 1001, available 1000)" in str(result.message)
    all_the_same = shop.options(allow_negative=True)
    packer = shop.desk_of("Karim", abilities=ALL_ABILITIES - {Ability.NEGATIVE_STOCK})
    refused = packer.scanning.scan("ship", reference, all_the_same)
    assert (refused.outcome, Ability.NEGATIVE_STOCK.value in str(refused.message)) == (Outcome.REFUSED, True)
    assert shop.on_hand("SAVON-N") == 1_000
    assert shop.desk.scanning.scan("ship", reference, all_the_same).outcome is Outcome.DONE
    assert shop.on_hand("SAVON-N") == -1
