"""Core statements compiled once and run straight on the driver's cursor.

SQLAlchemy writes the SQL for both databases; on the path of a scan its own execution costs more than the statement,
so the compiled text is kept and given to the driver with converted parameters.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Select
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.types import TypeEngine

from warehouse_desk.data.types import UtcDateTime

Converter = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement in one database's words."""

    sql: str
    constants: Mapping[str, Any]
    """Values that the statement itself brings."""
    pick: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    """Takes the values of all places, in order, from a mapping by name."""
    conversions: tuple[tuple[int, Converter], ...]
    """The places whose values the driver wants in another form."""
    names: tuple[str, ...] | None
    """The driver's names of the places; None where it takes positions."""
    results: tuple[Converter | None, ...]

    def arguments(self, values: Mapping[str, Any]) -> Any:
        """Return the parameters as the driver wants them.

        Raises:
            KeyError: a value is missing.
        """
        places = list(self.pick({**self.constants, **values} if self.constants else values))
        for place, convert in self.conversions:
            if places[place] is not None:
                places[place] = convert(places[place])
        return places if self.names is None else dict(zip(self.names, places, strict=True))


class Prepared:
    """One statement, prepared for whichever database it meets."""

    __slots__ = ("_by_dialect", "_statement")

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._by_dialect: dict[str, Compiled] = {}

    def compiled(self, dialect: Dialect) -> Compiled:
        """Return the statement in the words of a database, compiling it the first time."""
        found = self._by_dialect.get(dialect.name)
        if found is None:
            found = self._by_dialect[dialect.name] = _compile(self._statement, dialect)
        return found


def _compile(statement: Executable, dialect: Dialect) -> Compiled:
    made: Any = cast("ClauseElement", statement).compile(dialect=dialect)
    binds = made.binds
    converters = {name: converter_of(bind.type, dialect) for name, bind in binds.items()}
    order = list(made.positiontup) if made.positional else list(binds)
    constants = {name: bind.effective_value for name, bind in binds.items() if not bind.required}
    found = ((place, converters[name]) for place, name in enumerate(order))
    return Compiled(
        sql=str(made),
        constants=constants,
        pick=_picker(order),
        conversions=tuple((place, convert) for place, convert in found if convert is not None),
        names=None if made.positional else tuple(order),
        results=_results(statement, dialect),
    )


def _picker(names: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple([values[name] for name in names])


_MOMENTS: dict[str, Converter] = {}
"""The conversion of moments for each kind of database: one step writes its moment into half a dozen rows."""


def converter_of(kind: TypeEngine[Any], dialect: Dialect) -> Converter | None:
    """Return what brings a value of a type into the driver's form, None where it is in it already."""
    convert = kind.dialect_impl(dialect).bind_processor(dialect)
    if convert is not None and isinstance(kind, UtcDateTime):
        return _MOMENTS.setdefault(dialect.name, lru_cache(maxsize=32)(convert))
    return convert


def _results(statement: Executable, dialect: Dialect) -> tuple[Converter | None, ...]:
    if not isinstance(statement, Select):
        return ()
    kinds = [column.type for column in statement.selected_columns]
    found = tuple(kind.dialect_impl(dialect).result_processor(dialect, None) for kind in kinds)
    return found if any(found) else ()
