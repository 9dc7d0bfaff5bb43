"""Find orders by a part of what is known of them, through a trigram index of either database.

Both databases index every three letters in a row: PostgreSQL by pg_trgm, SQLite by an FTS5 table kept by triggers.
A keyword of one or two letters is in too many orders for an index and is compared row by row, newest first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, column, false, or_, select, table, text

from warehouse_desk.common.text import fold
from warehouse_desk.data.orders.facts import normal_reference
from warehouse_desk.data.tables import orders
from warehouse_desk.domain.phone import phone_part

_GRAM = 3
"""Letters in a row that the indexes know."""

_LONGEST_KEYWORD = 200
"""Characters; no searched column is longer, and SQLite refuses patterns of 50,000 bytes."""


@dataclass(frozen=True, slots=True)
class _Term:
    """A text that one of some columns must contain."""

    columns: tuple[str, ...]
    text: str


def containing(field: str | None, keyword: str, *, trigram_table: bool) -> ColumnElement[bool]:
    """Return the condition that a field (all fields where None) contains a keyword, which is not empty.

    ``trigram_table`` says whether the index is SQLite's table of its own.
    """
    terms = [] if len(keyword) > _LONGEST_KEYWORD else [term for term in _terms(field, keyword) if term.text]
    if not terms:
        return false()
    if trigram_table and has_trigrams(field, keyword):
        return _in_trigram_table(terms)
    return or_(*(orders.c[name].contains(term.text, autoescape=True) for term in terms for name in term.columns))


def has_trigrams(field: str | None, keyword: str) -> bool:
    """Tell whether the trigram index can tell which orders hold a keyword, which is then in few of them."""
    terms = [term for term in _terms(field, keyword) if term.text] if 0 < len(keyword) <= _LONGEST_KEYWORD else []
    return bool(terms) and all(len(term.text) >= _GRAM for term in terms)


def _terms(field: str | None, keyword: str) -> list[_Term]:
    makers: dict[str, Callable[[], _Term]] = {
        "reference": lambda: _Term(("reference",), normal_reference(keyword)),
        "full_name": lambda: _Term(("name_folded",), fold(keyword)),
        "city": lambda: _Term(("city_folded",), fold(keyword)),
        "phone": lambda: _Term(("phone_keys",), phone_part(keyword)),
    }
    return [make() for name, make in makers.items() if field in {None, name}]


def _in_trigram_table(terms: Sequence[_Term]) -> ColumnElement[bool]:
    wanted = " OR ".join(f"{{{' '.join(term.columns)}}} : {_quoted(term.text)}" for term in terms)
    found = table("order_search", column("rowid"))
    query = select(found.c.rowid).where(text("order_search MATCH :wanted").bindparams(wanted=wanted))
    return orders.c.id.in_(query)


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'
