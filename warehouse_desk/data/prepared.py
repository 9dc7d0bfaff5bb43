"""Core statements compiled once and run straight on the driver's cursor.

SQLAlchemy writes the SQL for both databases; on the path of a scan its own execution costs more than the statement,
so the compiled text is kept and given to the driver with converted parameters.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Select
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.elements import ClauseElement

Converter = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement in one database's words."""

    sql: str
    constants: Mapping[str, Any]
    converters: Mapping[str, Converter]
    positions: tuple[str, ...] | None
    """Parameter names in order where the driver takes positions; None where it takes names."""
    results: tuple[Converter | None, ...]

    def arguments(self, values: Mapping[str, Any]) -> Any:
        """Return the parameters as the driver wants them."""
        given = {**self.constants, **values}
        for name, convert in self.converters.items():
            given[name] = convert(given[name])
        if self.positions is None:
            return given
        return tuple([given[name] for name in self.positions])


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
    converters = {
        name: convert
        for name, bind in binds.items()
        if (convert := bind.type.dialect_impl(dialect).bind_processor(dialect)) is not None
    }
    results: tuple[Converter | None, ...] = ()
    if isinstance(statement, Select):
        results = tuple(
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in statement.selected_columns
        )
    return Compiled(
        sql=str(made),
        constants={name: bind.effective_value for name, bind in binds.items()},
        converters=converters,
        positions=tuple(made.positiontup) if made.positional else None,
        results=results if any(results) else (),
    )
