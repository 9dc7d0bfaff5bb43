"""Products found, seen closely, changed, given barcodes; the ledger of one product; returns that wait."""

from collections.abc import Callable

import pytest

from tests.builders import Shop, an_order_body, everything, run_sql
from warehouse_desk.domain.directories.entries import Listed
from warehouse_desk.domain.errors import DeskError, NotAllowed, NotFound, RuleViolation, WrongUsage
from warehouse_desk.domain.goods.product_sheet import Barcode
from warehouse_desk.domain.goods.returns import Decision
from warehouse_desk.domain.goods.stock import Movement
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.status import Status


def found(shop: Shop, text: str, *, active: bool | None = None) -> list[str]:
    ids = shop.desk.goods.product_ids(text, active=active)
    return [product.sku for product in shop.desk.goods.product_rows(ids)]


@pytest.mark.parametrize("text", ["the-v", "THÉ", "the vert", "ثلاثة", "62220", "٦٢٢٢٠", "carton-9"])
def test_a_product_is_found_by_a_part_of_its_sku_name_or_barcode(shop: Shop, text: str) -> None:
    shop.a_product("THE-V", name="Thé vert ثلاثه", barcodes=["6222000000016", "CARTON-9"])
    assert found(shop, text) == ["THE-V"]


@pytest.mark.parametrize("text", ["%", "_", "\\", "'"])
def test_a_sign_of_the_database_is_only_a_sign(shop: Shop, text: str) -> None:
    shop.a_product("THE-V", barcodes=["6222000000016"])
    assert found(shop, text) == []


def test_products_in_and_out_of_use_are_listed_apart(shop: Shop) -> None:
    shop.a_product("VIEUX")
    shop.desk.goods.set_product_active("VIEUX", active=False)
    assert found(shop, "", active=False) == ["VIEUX"]
    assert "VIEUX" in found(shop, "")
    assert "VIEUX" not in found(shop, "", active=True)


def test_a_row_tells_what_lies_is_promised_and_waits(shop: Shop) -> None:
    shop.order_in(Status.NEW)
    shop.order_in(Status.RETURNED)
    virtual = next(w.id for w in shop.desk.directories.warehouses() if w.shipping_company_id == shop.company)
    shop.desk.goods.receive(virtual, "ARGAN-50", 7)
    (row,) = shop.desk.goods.product_rows([shop.products["ARGAN-50"]])
    assert (row.on_hand, row.committed, row.available, row.inspection) == (999, 1, 998, 1)
    sheet = shop.desk.goods.sheet("ARGAN-50")
    assert [(p.on_hand, p.inspection, p.virtual) for p in sheet.places] == [(999, 1, False), (7, 0, True)]
    assert sheet.product == row


def test_a_name_is_changed_and_a_sku_only_while_nothing_names_it(shop: Shop) -> None:
    shop.a_product("TYPPO", name="Thé")
    shop.desk.goods.edit_product("TYPPO", name="Thé vert", sku="TYPO")
    assert shop.desk.goods.sheet("TYPO").product.name == "Thé vert"
    shop.desk.goods.receive(shop.warehouse, "TYPO", 1)
    before = everything(shop.database)
    with pytest.raises(
        RuleViolation,
        match="TYPO is used by orders or movements, so its SKU cannot change",
    ):
        shop.desk.goods.edit_product("TYPO", name="Autre", sku="TYPO-2")
    assert everything(shop.database) == before
    shop.desk.goods.edit_product("TYPO", name="Autre", sku="TYPO")
    assert shop.desk.goods.sheet("TYPO").product.name == "Autre"


def test_a_product_out_of_use_takes_no_new_order_and_the_open_ones_go_on(shop: Shop) -> None:
    shop.order_in(Status.NEW)
    told = shop.desk.goods.set_product_active("ARGAN-50", active=False)
    assert "1 piece reserved for open orders is still shipped" in str(told.message)
    assert told.changes.products
    with pytest.raises(DeskError):
        shop.desk.orders.create({"orders": [an_order_body()]})
    again = shop.desk.goods.set_product_active("ARGAN-50", active=False)
    assert str(again.message) == "ARGAN-50 is already inactive."
    shop.desk.goods.set_product_active("ARGAN-50", active=True)
    assert shop.desk.orders.create({"orders": [an_order_body()]}).references


def test_barcodes_come_and_go_and_a_carton_stands_for_several_pieces(shop: Shop) -> None:
    shop.a_product("THE-V")
    shop.desk.goods.add_barcode("THE-V", " ٦٢٢٢٠٠٠٠٠٠٠١٦ ")
    shop.desk.goods.add_barcode("THE-V", "carton-9", 12)
    assert shop.desk.goods.sheet("THE-V").barcodes == (Barcode("6222000000016"), Barcode("CARTON-9", 12))
    shop.desk.goods.remove_barcode("THE-V", "carton-9")
    assert shop.desk.goods.sheet("THE-V").barcodes == (Barcode("6222000000016"),)
    with pytest.raises(NotFound, match="THE-V has no barcode “CARTON-9”"):
        shop.desk.goods.remove_barcode("THE-V", "CARTON-9")


Change = Callable[[Shop], object]
WRONG: list[tuple[Change, str]] = [
    (lambda shop: shop.desk.goods.add_barcode("THE-V", ""), "Barcode: “” cannot be used. Characters: 1 to 64"),
    (lambda shop: shop.desk.goods.add_barcode("THE-V", "9" * 65), "cannot be used. Characters: 1 to 64."),
    (lambda shop: shop.desk.goods.add_barcode("THE-V", "a\nb"), "cannot be used. Characters: 1 to 64."),
    (lambda shop: shop.desk.goods.add_barcode("THE-V", "xcxok"), "“XCXOK” begins like an action code"),
    (
        lambda shop: shop.desk.goods.add_barcode("THE-V", "ORD-00001"),
        "looks like an order’s reference. Choose another one.",
    ),
    (lambda shop: shop.desk.goods.add_barcode("THE-V", "611100000001"), "611100000001 already belongs to POT"),
    (lambda shop: shop.desk.goods.add_barcode("THE-V", "0611100000001"), "611100000001 already belongs to POT"),
    (lambda shop: shop.desk.goods.add_barcode("POT", "611100000001"), "already belongs to POT"),
    (lambda shop: shop.desk.goods.add_barcode("THE-V", "argan-50"), "ARGAN-50 is the SKU of another product"),
    (lambda shop: shop.desk.goods.add_barcode("THE-V", "77", 0), "The quantity 0 is not a whole number"),
    (lambda shop: shop.desk.goods.edit_product("THE-V"), "There is nothing to change. Enter at least one change."),
    (lambda shop: shop.desk.goods.edit_product("THE-V", name=" "), "Name: “” cannot be used. Characters: 1 to 255"),
    (lambda shop: shop.desk.goods.edit_product("THE-V", sku="pot"), "“POT” already exists"),
    (
        lambda shop: shop.desk.goods.edit_product("THE-V", sku="XSXCASA"),
        "begins like an action code of the program",
    ),
    (lambda shop: shop.desk.goods.add_product("pot", "Pot"), "“POT” already exists"),
    (
        lambda shop: shop.desk.goods.add_product("611100000001", "Pot"),
        "The barcode 611100000001 already belongs to POT. Choose another one.",
    ),
    (
        lambda shop: shop.desk.goods.add_product("ORD-00001", "Pot"),
        "looks like an order’s reference. Choose another one.",
    ),
    (
        lambda shop: shop.desk.goods.add_product("N", "N", ["XUXOLIV"]),
        "begins like an action code of the program",
    ),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_what_could_be_confused_or_is_empty_is_refused_and_changes_nothing(
    shop: Shop, change: Change, sentence: str
) -> None:
    shop.a_product("THE-V")
    shop.a_product("POT", barcodes=["611100000001"])
    before = everything(shop.database)
    with pytest.raises(WrongUsage, match=sentence):
        change(shop)
    assert everything(shop.database) == before


def test_a_product_that_is_not_there_is_named(shop: Shop) -> None:
    works: list[Callable[[], object]] = [
        lambda: shop.desk.goods.sheet("RIEN"),
        lambda: shop.desk.goods.edit_product("RIEN", name="X"),
        lambda: shop.desk.goods.set_product_active("RIEN", active=False),
        lambda: shop.desk.goods.add_barcode("RIEN", "1"),
        lambda: shop.desk.goods.remove_barcode("RIEN", "1"),
        lambda: shop.desk.goods.movements("RIEN"),
    ]
    for work in works:
        with pytest.raises(NotFound, match="There is no product RIEN"):
            work()
    assert shop.desk.goods.product_rows([987_654]) == []
    with pytest.raises(NotFound, match="There is no product 987654"):
        shop.desk.goods.sheet(987_654)


def test_the_work_with_products_wants_its_ability(shop: Shop) -> None:
    looker = shop.desk_of(abilities=frozenset({Ability.VIEW})).goods
    assert looker.sheet("ARGAN-50").product.sku == "ARGAN-50"
    works: list[Callable[[], object]] = [
        lambda: looker.edit_product("ARGAN-50", name="X"),
        lambda: looker.set_product_active("ARGAN-50", active=False),
        lambda: looker.add_barcode("ARGAN-50", "1"),
        lambda: looker.remove_barcode("ARGAN-50", "1"),
    ]
    for work in works:
        with pytest.raises(NotAllowed, match="manageCatalogue"):
            work()
    nobody = shop.desk_of(abilities=frozenset({Ability.MANAGE_STOCK})).goods
    looks: list[Callable[[], object]] = [
        nobody.product_ids,
        lambda: nobody.product_rows([1]),
        lambda: nobody.sheet("ARGAN-50"),
        lambda: nobody.movements("ARGAN-50"),
        nobody.waiting_returns,
    ]
    for look in looks:
        with pytest.raises(NotAllowed, match="view"):
            look()


def test_the_ledger_tells_who_when_why_page_by_page(shop: Shop) -> None:
    reference = shop.order_in(Status.RETURNED)
    shop.desk.goods.adjust(shop.warehouse, "ARGAN-50", -3, "Casse")
    first = shop.desk.goods.movements("ARGAN-50", limit=2)
    assert [(row.kind, row.on_hand, row.inspection, row.reason) for row in first.rows] == [
        (Movement.ADJUST, -3, 0, "Casse"),
        (Movement.RETURN_IN, 0, 1, "Le client a changé d'avis"),
    ]
    assert (first.rows[0].user_name, first.rows[0].station, first.rows[0].at) == ("Salma", "Poste 1", shop.clock.moment)
    assert (first.rows[0].reference, first.rows[1].reference) == ("", reference)
    rest = shop.desk.goods.movements("ARGAN-50", before=first.next)
    assert [row.kind for row in rest.rows] == [Movement.PURGE, Movement.COMMIT, Movement.RECEIVE]
    assert rest.next is None
    everything_moved = (*first.rows, *rest.rows)
    assert sum(row.on_hand for row in everything_moved) == shop.on_hand()
    with pytest.raises(WrongUsage, match="Rows: enter a number from 1 to 1000"):
        shop.desk.goods.movements("ARGAN-50", limit=0)


def test_returned_goods_wait_in_a_list_until_they_are_settled(shop: Shop) -> None:
    assert shop.desk.goods.waiting_returns() == []
    older, newer = shop.order_in(Status.RETURNED), shop.order_in(Status.RETURNED)
    shop.order_in(Status.SHIPPED)
    waiting = shop.desk.goods.waiting_returns()
    assert [row.reference for row in waiting] == [newer, older]
    assert waiting[0].goods == {"ARGAN-50": 1}
    assert [row.reference for row in shop.desk.goods.waiting_returns(before=waiting[0].order_id)] == [older]
    shop.desk.goods.settle_returns([newer], Decision(restock=False, reason="Cassé"))
    assert [row.reference for row in shop.desk.goods.waiting_returns()] == [older]


def test_a_warehouse_out_of_use_receives_nothing(shop: Shop) -> None:
    second = shop.desk.directories.add(Listed.WAREHOUSE, code="FES", name="Fès").id
    shop.desk.directories.set_active(Listed.WAREHOUSE, second, active=False)
    with pytest.raises(RuleViolation, match=r"Warehouse FES is no longer active. Choose another one."):
        shop.desk.goods.receive(second, "ARGAN-50", 1)
    with pytest.raises(RuleViolation, match=r"Warehouse FES is no longer active. Choose another one."):
        shop.desk.goods.adjust(second, "ARGAN-50", 1, "Inventaire")


def test_what_lies_in_a_warehouse_out_of_use_can_be_taken_away(shop: Shop) -> None:
    run_sql(shop.database, "UPDATE warehouse SET active = false WHERE code = 'CASA'")
    assert shop.desk.goods.adjust(shop.warehouse, "ARGAN-50", -1_000, "Déménagement").on_hand == 0
