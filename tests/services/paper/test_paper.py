"""Packing slips, product labels and test pages."""

import pytest

from tests.builders import Shop, everything
from tests.documents.paper import pages, said, scanned
from warehouse_desk.documents.errors import NothingToPrint
from warehouse_desk.domain.errors import DeskError, NotFound, WrongUsage
from warehouse_desk.domain.status import Status


def test_a_slip_for_each_order_in_the_order_named_changes_nothing(shop: Shop) -> None:
    one, other = shop.orders_in(Status.NEW, 2)
    before = everything(shop.database)
    paper = shop.desk.paper.slips.make([other, one, "ORD-99999"])
    assert [code for page in pages(paper.pdf) for code in scanned(page)] == [other, one]
    assert paper.count == 2
    assert ["ORD-99999" in str(reason) for reason in paper.left_out] == [True]
    assert everything(shop.database) == before


def test_no_order_is_no_slip(shop: Shop) -> None:
    with pytest.raises(DeskError, match="no packing slip"):
        shop.desk.paper.slips.make(["ORD-99999"])


def test_a_product_with_a_barcode_shows_it_and_one_without_shows_its_sku(shop: Shop) -> None:
    shop.a_product("GHASSOUL", barcodes=["6111000000014"])
    paper = shop.desk.paper.product_labels.make(["GHASSOUL", "SAVON-N"], copies=2)
    assert paper.count == 4
    text = said(paper.pdf)
    assert text.count("6111000000014") == 2
    assert text.count("SAVON-N") >= 2


def test_a_product_whose_barcode_is_wrong_is_left_out_and_named(shop: Shop) -> None:
    shop.a_product("ROSE", barcodes=["6111000000010"])
    paper = shop.desk.paper.product_labels.make(["SAVON-N", "ROSE"])
    assert paper.count == 1
    assert ["6111000000010" in str(reason) for reason in paper.left_out] == [True]


def test_where_no_label_can_be_printed_the_reason_is_told(shop: Shop) -> None:
    shop.a_product("ROSE", barcodes=["6111000000010"])
    with pytest.raises(NothingToPrint, match="6111000000010"):
        shop.desk.paper.product_labels.make(["ROSE"])


def test_wrong_products_and_numbers_are_told_plainly(shop: Shop) -> None:
    with pytest.raises(NotFound, match="no product THÉ"):
        shop.desk.paper.product_labels.make(["THÉ"])
    with pytest.raises(WrongUsage, match="Copies: enter a number"):
        shop.desk.paper.product_labels.make(["ARGAN-50"], copies=0)
    with pytest.raises(WrongUsage, match="No product"):
        shop.desk.paper.product_labels.make([])


def test_the_test_page_is_of_the_stock_that_is_named(shop: Shop) -> None:
    assert "A6" in said(shop.desk.paper.ruler_pages.pdf("a6")).upper()
    with pytest.raises(WrongUsage, match="papyrus"):
        shop.desk.paper.ruler_pages.pdf("papyrus")
