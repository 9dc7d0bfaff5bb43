"""Column types and SQL pieces that both databases spell in their own way."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, DateTime, Integer, String, Text, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""A row number of 64 bits; SQLite numbers rows by itself only when the column is called INTEGER."""


_LARGEST_ID = 2**63 - 1


def is_row_number(number: int) -> bool:
    """Tell whether a number can be one of a row; asked for a greater one, the drivers fail instead of finding none."""
    return 0 < number <= _LARGEST_ID


_WITHOUT_ZONE = len("2026-01-31 10:00:00.000000")


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("a moment without time zone cannot be stored")
    return value.astimezone(UTC)


def _moment_text(value: datetime | None) -> str | None:
    return None if value is None else _in_utc(value).isoformat(" ", "microseconds")[:_WITHOUT_ZONE]


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, aware and in UTC on our side; timestamptz in PostgreSQL, ISO text in SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without time zone, which could be any hour."""
        if value is None:
            return None
        moment = _in_utc(value)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def bind_processor(self, dialect: Dialect) -> Any:
        """Go straight to the text in SQLite: this is on the path of every scan."""
        return _moment_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the stored moment its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ListOf(TypeDecorator[Sequence[Any]]):
    """A list given as one parameter: a JSON text in SQLite, an array in PostgreSQL."""

    impl = Text
    cache_ok = True
    item: type[TypeEngine[Any]] = Text

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the array type where there is one."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(self.item()))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        """Write the list in the database's own form."""
        items = list(value or ())
        return items if dialect.name == "postgresql" else self.as_text(items)

    @staticmethod
    def as_text(items: Sequence[Any]) -> str:
        """Write the list as JSON."""
        return json.dumps(list(items), separators=(",", ":"))


class IdList(ListOf):
    """A list of row numbers."""

    cache_ok = True
    item = BigInteger

    def bind_processor(self, dialect: Dialect) -> Any:
        """Go straight to the text in SQLite: this is on the path of every scan."""
        return super().bind_processor(dialect) if dialect.name == "postgresql" else self.as_text

    @staticmethod
    def as_text(items: Sequence[Any]) -> str:
        """Write whole numbers as JSON, without the encoder."""
        return f"[{','.join(map(str, items))}]"


class TextList(ListOf):
    """A list of texts."""

    cache_ok = True
    item = String


ONE_VALUE = "one_value"
"""Compiler argument: the list parameter holds one value, which SQLite compares in half the time."""


class Among(ColumnElement[bool]):
    """``column`` is one of the values of a list parameter, however long, in one statement."""

    inherit_cache = False

    def __init__(self, column: ColumnElement[Any], name: str, kind: type[ListOf] = IdList) -> None:
        self.column = column
        self.values = bindparam(name, type_=kind())


@compiles(Among)
def _among(element: Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = compiler.process(element.column, **kw), compiler.process(element.values, **kw)
    return f"{column} = {values}" if kw.get(ONE_VALUE) else f"{column} IN (SELECT value FROM json_each({values}))"


@compiles(Among, "postgresql")
def _among_postgresql(element: Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = compiler.process(element.column, **kw), compiler.process(element.values, **kw)
    if isinstance(element.values.type, TextList):
        # As an array the planner may look texts up in their trigram index, which takes seconds for a thousand.
        return f"{column} IN (SELECT unnest({values}))"
    return f"{column} = ANY({values})"


class NewUuid(FunctionElement[str]):
    """A random identifier of 32 hexadecimal digits made by the database, a fresh one for each row."""

    type = String()
    inherit_cache = True


@compiles(NewUuid)
def _uuid_sqlite(element: NewUuid, compiler: SQLCompiler, **kw: Any) -> str:
    return "lower(hex(randomblob(16)))"


@compiles(NewUuid, "postgresql")
def _uuid_postgresql(element: NewUuid, compiler: SQLCompiler, **kw: Any) -> str:
    return "replace(gen_random_uuid()::text, '-', '')"
