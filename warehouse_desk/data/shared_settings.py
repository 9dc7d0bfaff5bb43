"""The settings that all stations of a database share, as they are stored."""

import json
from functools import lru_cache
from types import MappingProxyType

from sqlalchemy import BigInteger, Text, cast, null, select, union_all
from sqlalchemy.dialects import postgresql, sqlite

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.tables import setting, warehouse
from warehouse_desk.domain import shared_settings
from warehouse_desk.domain.shared_settings import SharedSettings

_NO_TEXT, _NO_NUMBER = cast(null(), Text), cast(null(), BigInteger)
_ALL = Prepared(
    union_all(
        select(setting.c.key, setting.c.value, _NO_NUMBER, _NO_NUMBER),
        select(_NO_TEXT, _NO_TEXT, warehouse.c.shipping_company_id, warehouse.c.id).where(
            warehouse.c.shipping_company_id.is_not(None)
        ),
    )
)
"""Whatever bends the rules, in one question. Every transaction asks it anew: no station acts on an old rule."""


def read(uow: UnitOfWork) -> SharedSettings:
    """Return the shared settings; a value that makes no sense counts as the default."""
    return from_rows(tuple(uow.rows(_ALL, {})))


@lru_cache(maxsize=4)
def from_rows(rows: tuple[tuple[str | None, str | None, int | None, int | None], ...]) -> SharedSettings:
    """Return what the rows mean: read anew for each scan, they are nearly always the same ones."""
    stored = {key: json.loads(value) for key, value, _, _ in rows if key is not None and value is not None}
    virtual = {company: place for _, _, company, place in rows if company is not None and place is not None}
    return shared_settings.from_stored(stored, MappingProxyType(virtual))


def write(uow: UnitOfWork, key: str, value: object) -> None:
    """Change a shared setting; of two stations that do so at once the later one stays."""
    dialect = postgresql if uow.is_postgresql else sqlite
    text = json.dumps(value)
    new = dialect.insert(setting).values(key=key, value=text)
    uow.execute(new.on_conflict_do_update(index_elements=["key"], set_={"value": text}))
