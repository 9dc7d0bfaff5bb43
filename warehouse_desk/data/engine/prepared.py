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

from warehouse_desk.data.engine.types import ONE_VALUE, ListOf, UtcDateTime

Converter = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement in one database's words."""

    sql: str
    arguments: Callable[[Mapping[str, Any]], Any]
    """Returns the parameters as the driver wants them from a mapping by name; KeyError where a value is missing."""
    read: Callable[[list[tuple[Any, ...]]], list[tuple[Any, ...]]]
    """Returns the driver's rows as Python values."""


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms of a statement in one database's words."""

    general: Compiled
    of_one: Compiled | None
    """For a list parameter that holds a single value, as in every scan; None where the database gains nothing."""
    list_name: str


class Prepared:
    """One statement, prepared for whichever database it meets."""

    __slots__ = ("_by_dialect", "_statement")

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._by_dialect: dict[str, _Forms] = {}

    def compiled(self, dialect: Dialect, values: Mapping[str, Any]) -> Compiled:
        """Return the statement in the words of a database and as its values need it, compiling it the first time."""
        forms = self._by_dialect.get(dialect.name) or self._prepare(dialect)
        if forms.of_one is not None and len(values[forms.list_name]) == 1:
            return forms.of_one
        return forms.general

    def for_many(self, dialect: Dialect) -> Compiled:
        """Return the one form that takes any values, to be run for many of them."""
        return (self._by_dialect.get(dialect.name) or self._prepare(dialect)).general

    def _prepare(self, dialect: Dialect) -> _Forms:
        general = _compile(self._statement, dialect, {})
        names = _list_names(self._statement, dialect) if dialect.name == "sqlite" else []
        if len(names) == 1:
            forms = _Forms(general, _compile(self._statement, dialect, {ONE_VALUE: True}), names[0])
        else:
            forms = _Forms(general, None, "")
        self._by_dialect[dialect.name] = forms
        return forms


def _words(statement: Executable, dialect: Dialect, options: dict[str, Any]) -> Any:
    return cast("ClauseElement", statement).compile(dialect=dialect, compile_kwargs=options)


def _list_names(statement: Executable, dialect: Dialect) -> list[str]:
    binds = _words(statement, dialect, {}).binds
    return [name for name, bind in binds.items() if isinstance(bind.type, ListOf)]


_THE_ONE: Converter = itemgetter(0)


def _compile(statement: Executable, dialect: Dialect, options: dict[str, Any]) -> Compiled:
    made = _words(statement, dialect, options)
    binds = made.binds
    converters = {name: converter_of(bind.type, dialect) for name, bind in binds.items()}
    if options.get(ONE_VALUE):
        converters |= {name: _THE_ONE for name, bind in binds.items() if isinstance(bind.type, ListOf)}
    order = list(made.positiontup) if made.positional else list(binds)
    constants = {name: bind.effective_value for name, bind in binds.items() if not bind.required}
    return Compiled(
        str(made), _arguments(order, constants, converters, named=not made.positional), _reader(statement, dialect)
    )


def _arguments(
    names: Sequence[str], constants: Mapping[str, Any], converters: Mapping[str, Converter | None], *, named: bool
) -> Callable[[Mapping[str, Any]], Any]:
    """Return what picks the values of all places, in order, and brings them into the driver's form."""
    pick = _picker(names)
    conversions = tuple(
        (place, convert) for place, name in enumerate(names) if (convert := converters[name]) is not None
    )

    def arguments(values: Mapping[str, Any]) -> Any:
        places = list(pick({**constants, **values} if constants else values))
        for place, convert in conversions:
            if places[place] is not None:
                places[place] = convert(places[place])
        return dict(zip(names, places, strict=True)) if named else places

    return arguments if named or constants or conversions else pick


def _picker(names: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    if len(names) > 1:
        return itemgetter(*names)
    if not names:
        return lambda _values: ()
    (only,) = names
    return lambda values: (values[only],)


_MOMENTS: dict[str, Converter] = {}
"""The conversion of moments for each kind of database: one step writes its moment into half a dozen rows."""


def converter_of(kind: TypeEngine[Any], dialect: Dialect) -> Converter | None:
    """Return what brings a value of a type into the driver's form, None where it is in it already."""
    convert = kind.dialect_impl(dialect).bind_processor(dialect)
    if convert is not None and isinstance(kind, UtcDateTime):
        return _MOMENTS.setdefault(dialect.name, lru_cache(maxsize=32)(convert))
    return convert


def _reader(statement: Executable, dialect: Dialect) -> Callable[[list[tuple[Any, ...]]], list[tuple[Any, ...]]]:
    """Return what converts the columns whose values the driver gives in another form."""
    kinds = [column.type for column in statement.selected_columns] if isinstance(statement, Select) else []
    found = [kind.dialect_impl(dialect).result_processor(dialect, None) for kind in kinds]
    conversions = tuple((place, convert) for place, convert in enumerate(found) if convert is not None)

    def read(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        converted = []
        for row in rows:
            cells = list(row)
            for place, convert in conversions:
                if cells[place] is not None:
                    cells[place] = convert(cells[place])
            converted.append(tuple(cells))
        return converted

    return read if conversions else _as_they_are


def _as_they_are(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return rows
