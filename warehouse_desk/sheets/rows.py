"""One row of ten cells (docs/rules.md#import-cells) into an order, or into what keeps it from being one."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.orders.drafts import MAX_ADDRESS, MAX_NAME, MAX_NOTES, MAX_PHONE
from warehouse_desk.sheets.amounts import format_amount, read_amount
from warehouse_desk.sheets.catalogues import KnownSkus, SkuBook
from warehouse_desk.sheets.cells import Cell, Unreadable, clean_line, clean_text, is_blank
from warehouse_desk.sheets.cities import CityBook
from warehouse_desk.sheets.damaged_text import LOST, is_suspect, mended
from warehouse_desk.sheets.drafts import DraftLine, FileOrder, Problem, Severity
from warehouse_desk.sheets.phones import good_phones, is_no_phone, read_phone, two_phones
from warehouse_desk.sheets.products import read_products

_REMEMBERED: Final = 50_000  # different cells kept of each kind, about 20 MB

_ERROR, _WARNING, _REPAIR = Severity.ERROR, Severity.WARNING, Severity.REPAIR
_NOTHING: Final = frozenset[str]()


class RowReader:
    """Reads rows against the known products and cities; remembers cells, as sheets repeat them."""

    def __init__(
        self,
        known_skus: KnownSkus,
        cities: Mapping[str, str],
        barcodes: Mapping[str, str] | None = None,
        spellings: Sequence[Sequence[str]] = (),
    ) -> None:
        self._skus = SkuBook(known_skus, barcodes)
        self._cities = CityBook(cities, spellings)
        self._is_phone = good_phones()
        self._amounts: dict[Cell, int] = {}
        self._products: dict[tuple[Cell, Cell, Cell], tuple[tuple[DraftLine, ...], int]] = {}

    def read(
        self, cells: Sequence[Cell], refused: Collection[str] = _NOTHING
    ) -> tuple[FileOrder | None, tuple[Problem, ...]]:
        """Read the ten cells in the order of ``ORDER_HEADINGS``; the draft is nothing while a problem blocks.

        ``refused`` names the columns whose proposed repair a person does not want.
        """
        name, phone, second_phone, city, address, skus, quantities, prices, total, notes = cells
        problems: list[Problem] = []
        full_name = name.strip() if type(name) is str and name.isprintable() else clean_line(name)
        if not 0 < len(full_name) <= MAX_NAME:
            problems.append(_length_problem("full_name", len(full_name), MAX_NAME))
        if second_phone == "" and type(phone) is str and self._is_phone(phone):
            main, other = phone, ""
        else:
            main, other = self._phones(phone, second_phone, problems, refused)
        place = self._cities.seen.get(city) or self._city(city, problems, refused)
        street = address.strip() if type(address) is str and address.isprintable() else clean_text(address)
        if not 0 < len(street) <= MAX_ADDRESS:
            problems.append(_length_problem("address", len(street), MAX_ADDRESS))
        remark = notes.strip() if type(notes) is str and notes.isprintable() else clean_text(notes)
        _check_texts(name, address, notes, problems, refused)
        amount = self._amounts.get(total) if total is not True else None
        if amount is None:
            amount = self._total(total, problems, refused)
        known = self._products.get((skus, quantities, prices))
        if known is None or quantities is True or prices is True or skus is True:  # True equals 1 as a key
            known = self._read_products((skus, quantities, prices), amount, problems, refused)
        lines, worth = known
        if amount != worth and amount and lines:  # discounts and delivery fees exist: shown, never an error
            problems.append(_total_differs(amount, worth))
        if len(remark) > MAX_NOTES:
            problems.append(_length_problem("notes", len(remark), MAX_NOTES))
        if problems and any(problem.blocks for problem in problems):
            return None, tuple(problems)
        area = self._cities.areas.get(city, "")
        return FileOrder(full_name, main, other, place, street, lines, amount, remark, area), tuple(problems)

    @staticmethod
    def _pair(phone: Cell, second_phone: Cell, refused: Collection[str]) -> tuple[Problem, ...]:
        """Propose the two numbers of one cell for the two columns, where the second is empty; both or none."""
        found = two_phones(phone)
        if found is None or not is_no_phone(second_phone) or not {"phone", "second_phone"}.isdisjoint(refused):
            return ()
        message = msg("“{value}” holds two numbers: one for each column.", value=clean_line(phone))
        one, two = found
        return (
            Problem("phone", _REPAIR, message, one, also=(("second_phone", two),)),
            Problem("second_phone", _REPAIR, message, two, also=(("phone", one),)),
        )

    def _phones(
        self, phone: Cell, second_phone: Cell, problems: list[Problem], refused: Collection[str]
    ) -> tuple[str, str]:
        pair = self._pair(phone, second_phone, refused)
        problems += pair
        main = pair[0].proposed if pair else self._phone("phone", phone, problems, refused)
        other = "" if is_no_phone(second_phone) else self._phone("second_phone", second_phone, problems, refused)
        return main, other

    def _phone(self, column: str, cell: Cell, problems: list[Problem], refused: Collection[str]) -> str:
        if is_blank(cell):
            if column == "phone":
                problems.append(Problem(column, _ERROR, msg("Missing: phone.")))
            return ""
        reading = read_phone(cell)
        if reading.message is not None:
            usable = reading.is_usable and len(reading.value) <= MAX_PHONE
            problems.append(_problem(column, reading.message, reading.proposed, refused, harmless=usable))
        return reading.value

    def _city(self, cell: Cell, problems: list[Problem], refused: Collection[str]) -> str:
        place = self._cities.find(cell)
        if place:
            if place in self._cities.unlisted:
                problems.append(
                    Problem("city", _WARNING, msg("{city} is not in the list of cities of this desk.", city=place))
                )
            return place
        if is_blank(cell):
            problems.append(Problem("city", _ERROR, msg("Missing: city.")))
            return ""
        name = clean_line(cell)
        meant = self._cities.suggest(mended(name, one_line=True)[0] if is_suspect(name) else name)
        message = (
            msg("There is no city {city}. Perhaps {meant}?", city=name, meant=meant)
            if meant
            else msg("There is no city {city} in the list of cities.", city=name)
        )
        problems.append(_problem("city", message, meant, refused))
        return ""

    def _total(self, cell: Cell, problems: list[Problem], refused: Collection[str]) -> int:
        amount = read_amount(cell)
        if not isinstance(amount, Unreadable):
            if len(self._amounts) < _REMEMBERED:
                self._amounts[cell] = amount
            return amount
        if is_blank(cell):
            problems.append(Problem("total", _ERROR, msg("Missing: total.")))
        else:
            problems.append(_problem("total", amount.message, amount.proposed, refused, choices=amount.choices))
        return 0

    def _read_products(
        self,
        cells: tuple[Cell, Cell, Cell],
        total: int,
        problems: list[Problem],
        refused: Collection[str],
    ) -> tuple[tuple[DraftLine, ...], int]:
        products = read_products(*cells, total or None, self._skus)
        known = products.lines, sum(quantity * price for _, quantity, price in products.lines)
        if not products.findings:
            if len(self._products) < _REMEMBERED:
                self._products[cells] = known
            return known
        for column, message, proposed, harmless, choices in products.findings:
            problems.append(_problem(column, message, proposed, refused, harmless=harmless, choices=choices))
        return known


def _problem(
    column: str,
    message: Message,
    proposed: str,
    refused: Collection[str],
    *,
    harmless: bool = False,
    choices: tuple[str, ...] = (),
) -> Problem:
    """A repair waits for a person; refused, or with nothing to propose, it is an error unless harmless."""
    offered = bool(proposed or choices)
    if offered and column not in refused:
        return Problem(column, _REPAIR, message, proposed, choices=choices)
    severity = _WARNING if harmless else _ERROR
    return Problem(column, severity, message, proposed, False if offered else None)


def _check_texts(name: Cell, address: Cell, notes: Cell, problems: list[Problem], refused: Collection[str]) -> None:
    """Look at the texts as they were found: cleaning takes bytes of a letter that was misread."""
    for column, text in (("full_name", name), ("address", address), ("notes", notes)):
        if text and type(text) is str and is_suspect(text):
            _note_damage(column, text, problems, refused)


def _note_damage(column: str, text: str, problems: list[Problem], refused: Collection[str]) -> None:
    if LOST in text or "\ufffd" in text:
        message = msg(
            "Letters of “{value}” were lost when the file was saved. Save it as .xlsx or “CSV UTF-8”.",
            value=clean_line(text),
        )
        problems.append(Problem(column, _WARNING, message))
        return
    plain, told = mended(text, one_line=column == "full_name")
    plain = clean_line(plain) if column == "full_name" else clean_text(plain)
    if told is not None and plain != text:
        problems.append(_problem(column, told, plain, refused, harmless=True))


def _length_problem(column: str, length: int, most: int) -> Problem:
    if not length:
        return Problem(column, _ERROR, msg("Missing: {column}.", column=column))
    message = msg("{column}: too long, {n} characters instead of {most} at most.", column=column, n=length, most=most)
    return Problem(column, _ERROR, message)


def _total_differs(total: int, worth: int) -> Problem:
    message = msg(
        "The total is {total} DH, the products together {worth} DH.",
        total=format_amount(total),
        worth=format_amount(worth),
    )
    return Problem("total", _WARNING, message)
