"""The commands of goods and directories: products, what else orders name, stock."""

from warehouse_desk.cli.parser import DRY_RUN, Branch, Parser, add_references, whole
from warehouse_desk.common.messages import tr


def add_goods(top: Branch) -> None:
    """Add them all."""
    _add_products(top.add_branch("products", tr("list, add, change and import products")))
    for name, what, about in (
        ("warehouses", "warehouse", tr("list, add and change warehouses")),
        ("persons", "person", tr("list, add and change delivery persons")),
        ("companies", "company", tr("list, add and change shipping companies")),
        ("cities", "city", tr("list, add and change cities")),
        ("shipment-ways", "shipment_way", tr("list, add and change shipment ways")),
    ):
        _add_directory(top.add_branch(name, about), name, what)


def _add_products(products: Branch) -> None:
    products.add("list", "directories.list_products", tr("list products with their stock"))
    added = products.add("add", "goods.add_product", tr("add a product"))
    added.add_argument("sku", metavar="SKU")
    added.add_argument("name", metavar="NAME")
    added.add_argument("--barcode", action="append", default=[], metavar="CODE", help=tr("may be repeated"))
    edited = products.add("edit", "goods.edit_product", tr("change a product's name, or its SKU while it is unused"))
    edited.add_argument("sku", metavar="SKU")
    edited.add_argument("--name", metavar="NAME")
    edited.add_argument("--sku", dest="new_sku", metavar="SKU")
    for name, about in (("deactivate", tr("deactivate it")), ("activate", tr("reactivate it"))):
        parser = products.add(name, "goods.set_product_active", about)
        parser.set_defaults(active=name == "activate")
        parser.add_argument("sku", metavar="SKU")
    barcode = products.add_branch("barcode", tr("add and remove barcodes"))
    for name, about in (("add", tr("add a barcode to a product")), ("remove", tr("remove a barcode"))):
        parser = barcode.add(name, f"goods.{name}_barcode", about)
        parser.add_argument("sku", metavar="SKU")
        parser.add_argument("code", metavar="CODE")
        if name == "add":
            about_pieces = tr("pieces it stands for, on a carton (default: 1)")
            parser.add_argument("--pieces", type=whole, default=1, metavar="N", help=about_pieces)
    imported = products.add("import", "goods.import_products", tr("add the products of an .xlsx or .csv, all or none"))
    imported.add_argument("file", metavar="FILE", help=tr("with the columns sku and name; barcodes and stock too"))
    imported.add_argument("--warehouse", metavar="ID|CODE", help=tr("the warehouse that receives the stock"))
    imported.add_argument("--dry-run", action="store_true", help=str(DRY_RUN))


_ABOUT_KEY = {"city": "ID|NAME", "shipment_way": "NUMBER"}
_CODED = frozenset({"warehouse", "person", "company"})


def _add_directory(branch: Branch, name: str, noun: str) -> None:
    branch.add("list", f"directories.list_{name.replace('-', '_')}", tr("list them"))
    added = branch.add("add", "goods.add_entry", tr("add one"))
    if noun in _CODED:
        added.add_argument("code", metavar="CODE")
    if noun == "shipment_way":
        added.add_argument("number", metavar="NUMBER")
    added.add_argument("name", metavar="NAME")
    edited = branch.add("edit", "goods.edit_entry", tr("change one"))
    edited.add_argument("key", metavar=_ABOUT_KEY.get(noun, "ID|CODE"))
    edited.add_argument("--name", metavar="NAME")
    if noun in _CODED:
        edited.add_argument("--code", metavar="CODE")
    _add_more(added, noun, "")
    _add_more(edited, noun, None)
    for word, about in (("deactivate", tr("deactivate one")), ("activate", tr("reactivate one"))):
        parser = branch.add(word, "goods.set_entry_active", about)
        parser.add_argument("key", metavar=_ABOUT_KEY.get(noun, "ID|CODE"))
        parser.set_defaults(active=word == "activate", what=noun)
    for parser in (added, edited):
        parser.set_defaults(what=noun)


def _add_more(parser: Parser, noun: str, missing: str | None) -> None:
    if noun == "person":
        parser.add_argument("--phone", default=missing, metavar="NUMBER")
    elif noun not in _CODED:
        parser.add_argument("--arabic", dest="name_ar", default=missing, metavar="NAME", help=tr("its Arabic name"))
    if noun == "shipment_way":
        parser.add_argument("--english", dest="name_en", default=missing, metavar="NAME", help=tr("its English name"))


def add_stock_lists(stock: Branch) -> None:
    """Add the ledger of a product, the returns that wait, and what is decided on them."""
    ledger = stock.add("movements", "stock.show_movements", tr("list the movements of a product: when, who, why"))
    ledger.add_argument("sku", metavar="SKU")
    ledger.add_argument("--limit", type=whole, default=100, metavar="N", help=tr("1 to 1000 (default: 100)"))
    ledger.add_argument("--before", type=whole, metavar="CURSOR", help=tr("previous page's “next”"))
    waiting = stock.add("inspection", "stock.show_waiting", tr("list returned orders whose goods wait in inspection"))
    waiting.add_argument("--limit", type=whole, default=200, metavar="N", help=tr("1 to 1000 (default: 200)"))
    waiting.add_argument("--before", type=whole, metavar="CURSOR", help=tr("previous page's “next”"))
    waiting.add_argument("--warehouse", metavar="ID|CODE", help=tr("only what waits there"))
    for name, about in (
        ("restock", tr("restock returned goods")),
        ("write-off", tr("write off returned goods")),
    ):
        settle = stock.add(name, "stock.settle", about)
        settle.set_defaults(restock=name == "restock", warehouse=None)
        settle.add_argument("--reason", default="", metavar="TEXT")
        settle.add_argument("--sku", metavar="SKU", help=tr("only this product (default: all that waits)"))
        settle.add_argument("--pieces", type=whole, metavar="N", help=tr("only this many of it, of each order"))
        if name == "restock":
            about_shelf = tr("the warehouse that takes them (default: the one they left)")
            settle.add_argument("--warehouse", metavar="ID|CODE", help=about_shelf)
        add_references(settle)
