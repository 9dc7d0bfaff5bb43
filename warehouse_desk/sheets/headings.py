"""The headings of people's sheets, in three languages, and where in the sheet they stand."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.text import fold
from warehouse_desk.sheets.cells import Cell, clean_line, is_blank
from warehouse_desk.sheets.errors import ColumnsMissing, EmptyFile
from warehouse_desk.sheets.workbook import HEADER_ROWS

ORDER_HEADINGS: Final = (
    "full_name",
    "phone",
    "second_phone",
    "city",
    "address",
    "skus",
    "quantities",
    "prices",
    "total",
    "notes",
)
"""The required columns (docs/rules.md#import-cells), in the order that drafts and templates use."""

_ORDER_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "full_name": (
        "full name", "name", "customer", "customer name", "client name", "recipient", "consignee",
        "nom complet", "nom", "nom et prénom", "nom prénom", "nom du client", "client", "destinataire",
        "الاسم الكامل", "الاسم", "اسم العميل", "اسم الزبون", "الزبون", "العميل", "المستلم", "الاسم و النسب",
    ),
    "phone": (
        "phone number", "mobile", "tel", "telephone", "phone 1", "mobile number",
        "téléphone", "numéro de téléphone", "n° téléphone", "n° de téléphone", "tél", "gsm", "portable",
        "téléphone 1",
        "الهاتف", "رقم الهاتف", "هاتف", "الجوال", "رقم الجوال", "الهاتف 1",
    ),
    "second_phone": (
        "second phone", "phone 2", "alternate phone", "other phone", "phone2", "secondary phone",
        "deuxième téléphone", "second téléphone", "téléphone 2", "tél 2", "2e téléphone", "2ème téléphone",
        "autre téléphone", "gsm 2", "téléphone secondaire",
        "الهاتف الثاني", "هاتف ثان", "الهاتف 2", "رقم الهاتف الثاني", "رقم هاتف آخر",
    ),
    "city": ("town", "ville", "ville de livraison", "destination", "المدينة", "مدينة", "مدينة التوصيل"),
    "address": (
        "street", "street address", "shipping address", "delivery address",
        "adresse", "adresse de livraison", "adresse complète",
        "العنوان", "عنوان", "عنوان التوصيل", "العنوان الكامل",
    ),
    "skus": (
        "sku", "product", "products", "items", "item", "product codes", "product code",
        "produit", "produits", "articles", "article", "code produit", "codes produits", "référence produit",
        "références produits", "réf produit",
        "المنتجات", "المنتج", "رمز المنتج", "رموز المنتجات", "السلع", "المنتوجات", "المنتوج",
    ),
    "quantities": (
        "quantity", "qty", "qtys", "pieces", "quantité", "quantités", "qté", "qtés", "qte", "nombre",
        "الكميات", "الكمية", "كمية", "العدد",
    ),
    "prices": (
        "price", "unit price", "unit prices", "prix", "prix unitaire", "prix unitaires", "pu", "p.u.",
        "الأسعار", "السعر", "الثمن", "سعر الوحدة", "ثمن الوحدة",
    ),
    "total": (
        "order total", "amount", "total amount", "cod", "cod amount", "total price", "grand total",
        "total commande", "montant", "montant total", "à encaisser", "total à encaisser", "prix à collecter",
        "montant à collecter", "montant du colis",
        "prix total", "total mad", "total dh", "المجموع", "الإجمالي", "المبلغ", "المبلغ الإجمالي",
        "الثمن الإجمالي", "السعر الإجمالي",
    ),
    "notes": (
        "note", "comment", "comments", "remark", "remarks", "remarque", "remarques", "commentaire",
        "commentaires", "observation", "observations", "ملاحظات", "ملاحظة", "تعليق", "ملاحظات التوصيل",
    ),
}  # fmt: skip

_JOINED_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "full_name": (
        "first name", "given name", "prénom", "prénoms", "last name", "surname", "family name", "nom de famille",
        "الاسم الشخصي", "الاسم الأول", "الاسم العائلي", "النسب", "اللقب",
    ),
    "address": (
        "address 2", "address line 2", "adresse 2", "adresse ligne 2", "complément d'adresse", "complément adresse",
        "suite adresse", "résidence", "immeuble", "étage", "appartement", "appt", "quartier", "district", "secteur",
        "arrondissement", "neighborhood", "neighbourhood", "العنوان 2", "تتمة العنوان", "الحي", "حي",
        "الإقامة", "الشقة",
    ),
}  # fmt: skip
"""Columns that hold a part of another one: they are joined to it, in the order of the file."""
JOINED_BY: Final[Mapping[str, str]] = {"full_name": " ", "address": ", "}
"""What stands between the parts."""

_REFERENCE_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "reference": (
        "ref", "references", "order", "order reference", "order ref", "order number", "order no", "order id",
        "tracking", "tracking number", "référence", "références", "réf", "réf commande", "référence commande",
        "référence de la commande", "numéro de commande", "n° commande", "n° de commande", "commande",
        "code suivi", "code envoi", "code d'envoi", "code colis", "id intern", "n° colis",
        "numéro de suivi", "المرجع", "رقم المرجع", "رقم الطلب",
        "رقم الطلبية", "الطلب", "الطلبية", "رقم التتبع",
    ),
    "date": (
        "day", "action date", "return date", "returned at", "returned on", "delivery date", "delivered at",
        "delivered on", "date retour", "date de retour", "date livraison", "date de livraison", "jour",
        "retourné le",
        "livré le", "التاريخ", "تاريخ", "تاريخ الإرجاع", "تاريخ التسليم", "تاريخ التوصيل", "اليوم",
    ),
    "status": (
        "state", "order status", "delivery status", "shipment status", "parcel status", "last status", "final status",
        "statut", "statut commande", "statut de la commande", "statut colis", "statut du colis", "statut livraison",
        "statut de livraison", "dernier statut", "état", "état commande", "état colis", "état du colis",
        "état livraison", "état de livraison", "situation",
        "الحالة", "حالة", "حالة الطلب", "حالة الطلبية", "حالة الطرد", "حالة التوصيل", "وضعية الطلب",
    ),
}  # fmt: skip

_PRODUCT_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "sku": (
        "skus", "product code", "code", "reference", "ref", "référence", "réf", "code produit", "code article",
        "référence produit", "رمز المنتج", "الرمز", "المرجع",
    ),
    "name": (
        "product", "product name", "designation", "description", "title", "nom", "nom du produit", "produit",
        "désignation", "libellé", "article", "الاسم", "اسم المنتج", "المنتج", "المنتوج",
    ),
    "barcodes": (
        "barcode", "ean", "ean13", "upc", "gtin", "code barre", "code barres", "codes barres", "code à barres",
        "codes à barres", "الباركود", "الرمز الشريطي", "الرموز الشريطية",
    ),
    "stock": (
        "quantity", "qty", "on hand", "opening stock", "quantité", "qté", "en stock", "stock initial", "stock actuel",
        "الكمية", "المخزون", "الرصيد",
    ),
}  # fmt: skip

_NOT_A_LETTER = re.compile(r"[\W_]+")
_SURE: Final = 3  # known headings that make a row a header of orders


def heading_key(cell: Cell) -> str:
    """Return a heading without case, accents, blanks and punctuation: ``N° de Tél.`` is ``ndetel``."""
    return _NOT_A_LETTER.sub("", fold(clean_line(cell).replace("°", " ")))


def _keys(aliases: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {heading_key(alias): name for name, names in aliases.items() for alias in (name, *names)}


def _ranks(aliases: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Return how early each heading stands among those of its column: of two that a file has, the earlier is read."""
    return {heading_key(alias): rank for name, names in aliases.items() for rank, alias in enumerate((name, *names))}


ORDER_KEYS: Final = _keys(_ORDER_ALIASES)
REFERENCE_KEYS: Final = _keys(_REFERENCE_ALIASES)
PRODUCT_KEYS: Final = _keys(_PRODUCT_ALIASES)
JOINED_KEYS: Final = _keys(_JOINED_ALIASES)
_RANKS: Final = {
    id(keys): _ranks(aliases)
    for keys, aliases in (
        (ORDER_KEYS, _ORDER_ALIASES), (REFERENCE_KEYS, _REFERENCE_ALIASES), (PRODUCT_KEYS, _PRODUCT_ALIASES)
    )
}  # fmt: skip
_STATUS_WORDS: Final = frozenset({"statut", "status", "etat", "الحاله", "حاله", "وضعيه"})


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings stand and which column each names."""

    row: int
    """Index into the rows, from 0."""
    titles: tuple[str, ...]
    """Every heading of that row as written."""
    columns: Mapping[str, int]
    """Known heading to its column index."""
    notices: tuple[Message, ...] = ()
    joins: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Known heading to all the columns that make it, its own among them, where there are several."""
    status: int | None = None
    """The column that says how far each order is."""

    @property
    def read(self) -> frozenset[int]:
        """The columns of which something is read."""
        joined = (at for columns in self.joins.values() for at in columns)
        status = () if self.status is None else (self.status,)
        return frozenset((*self.columns.values(), *joined, *status))


def count_order_headings(row: Sequence[Cell]) -> int:
    """Count the different order columns that a row names."""
    keys = {heading_key(cell) for cell in row if isinstance(cell, str)}
    return len({ORDER_KEYS.get(key) or JOINED_KEYS.get(key) for key in keys} - {None})


def count_reference_headings(row: Sequence[Cell]) -> int:
    """Count the headings of a file of references that a row names; the reference itself weighs most."""
    found = {REFERENCE_KEYS.get(heading_key(cell)) for cell in row if isinstance(cell, str)} - {None}
    return len(found) + ("reference" in found)


def count_product_headings(row: Sequence[Cell]) -> int:
    """Count the different columns of a list of products that a row names."""
    return len({PRODUCT_KEYS.get(heading_key(cell)) for cell in row if isinstance(cell, str)} - {None})


def find_product_header(name: str, rows: Sequence[Sequence[Cell]]) -> Header:
    """Find the header of a list of products in its first ten rows; raises EmptyFile or ColumnsMissing."""
    index = _best_row(name, rows, count_product_headings)
    header = _header(index, rows[index], PRODUCT_KEYS)
    missing = [column for column in ("sku", "name") if column not in header.columns]
    if missing:
        raise ColumnsMissing(
            msg(
                "Missing in {name}: {columns}. A list of products needs the columns sku and name; "
                "barcodes and stock may be added.",
                name=name,
                columns=missing,
            )
        )
    return header


def find_order_header(name: str, rows: Sequence[Sequence[Cell]], status_column: str = "") -> Header:
    """Find the header of a sheet of orders in its first ten rows.

    ``status_column`` is the heading of the column of statuses, where it is not a usual one.

    Raises EmptyFile, or ColumnsMissing naming the columns that lack.
    """
    index = _best_row(name, rows, count_order_headings)
    header = _with_parts(_header(index, rows[index], ORDER_KEYS))
    status = _named(name, header, status_column) if status_column.strip() else _status_place(header)
    header = replace(header, status=status)
    missing = [column for column in ORDER_HEADINGS if column not in header.columns]
    if len(header.columns) < _SURE:
        raise ColumnsMissing(
            msg(
                "There are no headings in the first {n} rows of {name}. Columns needed: {columns}. "
                "The template has them all.",
                n=HEADER_ROWS,
                name=name,
                columns=list(ORDER_HEADINGS),
            )
        )
    if missing:
        raise ColumnsMissing(
            msg(
                "Missing in {name}: {columns}. Row {row} has: {found}. Add the missing headings, "
                "even over empty columns.",
                name=name,
                columns=missing,
                row=index + 1,
                found=[title for title in header.titles if title],
            )
        )
    return header


def find_reference_header(name: str, rows: Sequence[Sequence[Cell]], status_column: str = "") -> Header:
    """Find the header of a file of references in its first ten rows; raises EmptyFile or ColumnsMissing.

    ``status_column`` is the heading of the column that says how each order ended, where it is not a usual one.
    """
    index = _best_row(name, rows, count_reference_headings)
    header = _header(index, rows[index], REFERENCE_KEYS)
    if "reference" not in header.columns:
        raise ColumnsMissing(
            msg("{name} has no column “reference”. Write that word above the order numbers.", name=name)
        )
    if not status_column.strip():
        return header
    return replace(header, columns={**header.columns, "status": _named(name, header, status_column)})


def _named(name: str, header: Header, heading: str) -> int:
    """Return the column with a heading that a person named; raises ColumnsMissing."""
    wanted = heading_key(heading)
    place = next((at for at, title in enumerate(header.titles) if title and heading_key(title) == wanted), None)
    if place is None:
        raise ColumnsMissing(
            msg(
                "{name} has no column “{column}”. Row {row} has: {found}.",
                name=name,
                column=clean_line(heading)[:40],
                row=header.row + 1,
                found=[title for title in header.titles if title],
            )
        )
    return place


def _with_parts(header: Header) -> Header:
    """Return the header with the columns that hold parts of a name or an address joined to them."""
    parts: dict[str, list[int]] = {}
    for at, title in enumerate(header.titles):
        column = JOINED_KEYS.get(heading_key(title)) if title and at not in header.columns.values() else None
        if column is not None:
            parts.setdefault(column, []).append(at)
    columns, joins = dict(header.columns), {}
    for column, places in parts.items():
        own = columns.setdefault(column, places[0])
        together = sorted({own, *places}) if column == "full_name" else list(dict.fromkeys((own, *places)))
        if len(together) > 1:
            joins[column] = tuple(together)
    return replace(header, columns=columns, joins=joins)


def _status_place(header: Header) -> int | None:
    """Return the column whose heading says that it holds statuses."""
    ranks = _RANKS[id(REFERENCE_KEYS)]
    usual, other = {}, []
    for at, title in enumerate(header.titles):
        key = heading_key(title)
        if REFERENCE_KEYS.get(key) == "status" and key != "state":  # of an address, where orders are concerned
            usual[at] = ranks[key]
        elif at not in header.read and not _STATUS_WORDS.isdisjoint(fold(title).replace("_", " ").split()):
            other.append(at)
    if usual:
        return min(usual, key=lambda at: usual[at])
    return other[0] if other else None


def _best_row(name: str, rows: Sequence[Sequence[Cell]], count: Callable[[Sequence[Cell]], int]) -> int:
    top = [index for index, row in enumerate(rows[:HEADER_ROWS]) if not all(map(is_blank, row))]
    if not top and all(is_blank(cell) for row in rows for cell in row):
        raise EmptyFile(msg("{name} is empty.", name=name))
    return max(top, key=lambda index: count(rows[index]), default=0)


def _header(index: int, row: Sequence[Cell], keys: Mapping[str, str]) -> Header:
    columns: dict[str, int] = {}
    notices = []
    titles = tuple(clean_line(cell) for cell in row)
    for at, cell in enumerate(row):
        column = keys.get(heading_key(cell)) if isinstance(cell, str) else None
        if column is None:
            continue
        if column not in columns:
            columns[column] = at
            continue
        ranks = _RANKS[id(keys)]
        is_better = ranks[heading_key(cell)] < ranks[heading_key(row[columns[column]])]
        kept, left = (at, columns[column]) if is_better else (columns[column], at)
        columns[column] = kept
        notices.append(
            msg(
                "Two columns can be {column}: “{kept}” was read, “{left}” was ignored.",
                column=column,
                kept=titles[kept],
                left=titles[left],
            )
        )
    return Header(index, titles, columns, tuple(notices))
