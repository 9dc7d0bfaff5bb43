"""Look-up, restock, hand-over; what a code is; undo; the list of what went wrong."""

import pypdfium2 as pdfium
import pytest
import zxingcpp

from tests.builders import Shop, everything, rows, run_sql
from tests.services.scanning.scan_station import reading
from warehouse_desk.data.tables import order_event, stock_movement
from warehouse_desk.domain.errors import NotAllowed, WrongUsage
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.domain.people.abilities import ROLES
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.scanning.commands import MODE_WORDS, Command, command_cards
from warehouse_desk.domain.scanning.modes import SCAN_MODES
from warehouse_desk.domain.scanning.scans import CodeKind, ScanAnswer
from warehouse_desk.domain.status import Status
from warehouse_desk.services.desk import Desk
from warehouse_desk.services.paper.paper_file import PaperFile
from warehouse_desk.services.scanning.codes import resolve
from warehouse_desk.wedge.grammar import (
    Grammar,
    Kind,
    badge_code,
    command_code,
    station_code,
    station_number,
    station_word,
)
from warehouse_desk.wedge.learning import KNOWN_TEXTS


def scanned(shop: Shop, mode: str, code: str, desk: Desk | None = None, **facts: object) -> ScanAnswer:
    scanning = (desk or shop.desk).scanning
    return scanning.process(scanning.receive(reading(shop, mode, code, **facts)))


def with_tracking(shop: Shop, number: str) -> str:
    reference = shop.order_in(Status.WAITING)
    run_sql(shop.database, f"UPDATE orders SET tracking_number = '{number}' WHERE reference = '{reference}'")
    return reference


def test_a_code_is_what_carries_it(shop: Shop) -> None:
    reference = with_tracking(shop, "LX123456789MA")
    shop.desk.goods.add_product("the-vert", "Thé vert 100 g", ())
    for code, kind in (
        (reference.lower(), CodeKind.ORDER),
        ("LX123456789MA", CodeKind.ORDER),
        ("6111000000017", CodeKind.PRODUCT),
        ("SAVON-N", CodeKind.PRODUCT),
        ("THE-VERT", CodeKind.PRODUCT),
        (command_code("UNDO"), CodeKind.COMMAND),
        ("ORD-99999", CodeKind.UNKNOWN),
        ("", CodeKind.UNKNOWN),
    ):
        with shop.database.read() as uow:
            assert resolve(uow, code).kind is kind


@pytest.mark.parametrize("sent", ["]C0{}", "]C1{}\r\n", "\u200b{}\u200f", "{}\u00a0"])
def test_a_parcel_is_found_whatever_the_scanner_or_a_chat_put_around_its_code(shop: Shop, sent: str) -> None:
    (reference,) = shop.orders_in(Status.NEW, 1)
    arabic = reference.translate({ord(str(digit)): "٠١٢٣٤٥٦٧٨٩"[digit] for digit in range(10)})
    assert shop.desk.scanning.scan("pack", sent.format(reference), shop.options()).outcome is Outcome.DONE
    assert shop.desk.scanning.scan("pack", sent.format(arabic), shop.options()).outcome is Outcome.ALREADY


@pytest.mark.parametrize("sent", ["4006381333931", "04006381333931", "]C10104006381333931", "(01)04006381333931(10)A7"])
def test_a_piece_is_found_by_its_number_in_every_carrier(shop: Shop, sent: str) -> None:
    shop.a_product("STYLO", barcodes=["4006381333931"])
    with shop.database.read() as uow:
        found = resolve(uow, sent)
    assert (found.kind, found.name) == (CodeKind.PRODUCT, "Produit STYLO")


def test_one_number_in_two_forms_is_no_code_of_two_products(shop: Shop) -> None:
    shop.a_product("STYLO", barcodes=["3453120000011"])
    with pytest.raises(WrongUsage, match="already belongs to STYLO"):
        shop.a_product("CAHIER", barcodes=["03453120000011"])


def test_the_couriers_number_ships_the_order(shop: Shop) -> None:
    reference = with_tracking(shop, "LX123456789MA")
    answer = scanned(shop, "ship", "LX123456789MA")
    assert (answer.result.reference, answer.result.outcome) == (reference, Outcome.DONE)
    assert (answer.customer, answer.city, answer.total) == ("Youssef El Idrissi", "Casablanca", 39_900)


def test_a_product_scanned_as_an_order_is_named(shop: Shop) -> None:
    answer = scanned(shop, "ship", "6111000000017")
    assert answer.result.outcome is Outcome.REFUSED
    assert "6111000000017 is the product Produit ARGAN-50" in str(answer.result.message)


@pytest.mark.parametrize(
    ("sku", "barcodes"),
    [(command_code("UNDO"), ()), ("xcx-thé", ()), ("THE-100", ("6111000000055", badge_code("CDEFGHIJKL")))],
)
def test_a_product_may_not_be_called_like_a_barcode_that_works_the_desk(
    shop: Shop, sku: str, barcodes: tuple[str, ...]
) -> None:
    before = everything(shop.database)
    with pytest.raises(WrongUsage, match=r"begins like an action code of the program \(XCX, XUX, XSX\)"):
        shop.desk.goods.add_product(sku, "Thé vert 100 g", barcodes)
    assert everything(shop.database) == before


def test_looking_up_changes_nothing_but_the_scans(shop: Shop) -> None:
    references = [shop.order_in(status) for status in Status]
    before = everything(shop.database)
    for code in (*references, "6111000000017", "ORD-99999"):
        answer = scanned(shop, "look-up", code)
        assert answer.result.outcome is (Outcome.UNKNOWN if code == "ORD-99999" else Outcome.DONE)
    after = everything(shop.database)
    assert {name for name in after if after[name] != before[name]} == {"scan"}


def test_looking_up_tells_a_hold_and_when_the_order_came_back_to_its_status(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    shop.done(Action.UNDO, reference)
    shop.clock.advance(hours=2)
    shop.done(Action.PACK, reference)
    shop.done(Action.HOLD, reference, reason="Client absent")
    said = str(scanned(shop, "look-up", reference).result.message)
    assert said == f"{reference} is “Packed” since today 10:00: Salma (station Poste 1). On hold: Client absent."


def test_looking_up_says_since_when_and_who(shop: Shop) -> None:
    reference = shop.order_in(Status.SHIPPED)
    assert "“Shipped” since today 08:00" in str(scanned(shop, "look-up", reference).result.message)
    assert "Salma (station Poste 1)" in str(scanned(shop, "look-up", reference).result.message)


@pytest.mark.parametrize(("write_off", "on_hand"), [(False, 1_000), (True, 999)])
def test_returned_goods_are_restocked_or_written_off_once(shop: Shop, write_off: bool, on_hand: int) -> None:
    reference = shop.order_in(Status.RETURNED)
    assert shop.inspection() == 1
    first = scanned(shop, "restock", reference, write_off=write_off)
    again = scanned(shop, "restock", reference, write_off=write_off)
    assert (first.result.outcome, again.result.outcome) == (Outcome.DONE, Outcome.ALREADY)
    assert (shop.on_hand(), shop.inspection()) == (on_hand, 0)


def test_an_order_that_is_not_back_has_nothing_to_restock(shop: Shop) -> None:
    assert scanned(shop, "restock", shop.order_in(Status.SHIPPED)).result.outcome is Outcome.REFUSED


def test_undo_of_a_shipment_brings_the_goods_back(shop: Shop) -> None:
    reference = shop.order_in(Status.PACKED)
    scan_id = scanned(shop, "ship", reference).scan_id
    assert shop.on_hand() == 999
    assert shop.desk.scanning.undo(scan_id).outcome is Outcome.DONE
    assert (shop.on_hand(), shop.status(reference)) == (1_000, Status.PACKED)
    assert shop.desk.scanning.history()[0].undone_at is not None


@pytest.mark.parametrize(("user", "station"), [("Karim", "Poste 1"), ("Salma", "Poste 2")])
@pytest.mark.parametrize("mode", ["ship", "hand-over"])
def test_a_scan_is_undone_by_whoever_made_it_where_it_was_made(shop: Shop, mode: str, user: str, station: str) -> None:
    scan_id = scanned(shop, mode, shop.order_in(Status.WAITING)).scan_id
    before = everything(shop.database)
    refused = shop.desk_of(user, station).scanning.undo(scan_id)
    assert (refused.outcome, "scanned by Salma" in str(refused.message)) == (Outcome.REFUSED, True)
    assert everything(shop.database)["orders"] == before["orders"]
    assert shop.desk.scanning.undo(scan_id).outcome is Outcome.DONE


def test_supervisors_see_what_went_wrong_today_and_packers_do_not(shop: Shop) -> None:
    scanned(shop, "ship", "ORD-99999")
    scanned(shop, "ship", shop.order_in(Status.CANCELED), shop.desk_of("Karim", "Poste 2"))
    scanned(shop, "ship", shop.order_in(Status.PACKED))
    listed = shop.desk.scanning.exceptions()
    assert {(s.user_name, s.station_name, s.outcome) for s in listed} == {
        ("Salma", "Poste 1", Outcome.UNKNOWN),
        ("Karim", "Poste 2", Outcome.REFUSED),
    }
    shop.clock.advance(days=1)
    assert shop.desk.scanning.exceptions() == []
    with pytest.raises(NotAllowed):
        shop.desk_of("Karim", abilities=ROLES["Packer"]).scanning.exceptions()


def test_each_mode_is_refused_to_a_role_without_its_ability(shop: Shop) -> None:
    nobody = shop.desk_of("Karim", abilities=frozenset())
    reference = shop.order_in(Status.WAITING)
    events, movements = len(rows(shop.database, order_event)), len(rows(shop.database, stock_movement))
    for mode in SCAN_MODES:
        assert scanned(shop, mode, reference, nobody).result.outcome is Outcome.REFUSED, mode
    assert len(rows(shop.database, order_event)) == events
    assert len(rows(shop.database, stock_movement)) == movements


def test_every_command_has_a_barcode_that_no_layout_changes() -> None:
    codes = [command_code(card.word) for card in command_cards()]
    assert {Grammar().kind_of(code) for code in codes} == {Kind.COMMAND}
    assert len(set(codes)) == len(MODE_WORDS) + len(Command)
    assert set(MODE_WORDS.values()) == set(SCAN_MODES)
    assert min(map(len, codes)) >= 6


def test_a_stations_sign_is_read_back(shop: Shop) -> None:
    for number in (1, 18, 19, 4_711, 10**7):
        word = station_word(number)
        assert Grammar().kind_of(station_code(word)) is Kind.STATION
        assert station_number(word) == number


def test_the_printed_sheets_are_read_back_by_a_scanner(shop: Shop) -> None:
    cards = shop.desk.paper.cards
    shop.desk.people.add("Chef", "motdepasse", "Admin")
    commands, stations, staff = cards.commands(), cards.stations(), cards.badges(["Chef"])
    assert codes_on(commands) == {command_code(card.word) for card in command_cards()} | set(KNOWN_TEXTS)
    assert {Grammar().kind_of(code) for code in codes_on(stations)} == {Kind.STATION}
    (badge,) = codes_on(staff)
    assert shop.desk.by_badge(badge).caller.user_name == "Chef"


def codes_on(paper: PaperFile) -> set[str]:
    """Return every barcode of a PDF, read off its pages at 300 dpi."""
    document = pdfium.PdfDocument(paper.pdf)
    try:
        pages = [page.render(scale=300 / 72).to_pil() for page in document]
    finally:
        document.close()
    return {found.text for page in pages for found in zxingcpp.read_barcodes(page)}
