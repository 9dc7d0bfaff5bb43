"""Settings that all stations of a database share, and the policy they make."""

import json
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import BigInteger, Text, cast, null, select, union_all
from sqlalchemy.dialects import postgresql, sqlite

from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.prepared import Prepared
from warehouse_desk.data.tables import setting, warehouse
from warehouse_desk.domain.goods.stock import ReturnPolicy
from warehouse_desk.domain.orders.rules import Policy
from warehouse_desk.domain.paper.sender import SenderDetails

LABEL_FILE_DAYS = 90
"""A parcel comes back within weeks; after a quarter nobody takes its label out again."""

_ALL = Prepared(select(setting.c.key, setting.c.value))
_NO_TEXT, _NO_NUMBER = cast(null(), Text), cast(null(), BigInteger)
_RULES = Prepared(
    union_all(
        select(setting.c.key, setting.c.value, _NO_NUMBER, _NO_NUMBER),
        select(_NO_TEXT, _NO_TEXT, warehouse.c.shipping_company_id, warehouse.c.id).where(
            warehouse.c.shipping_company_id.is_not(None)
        ),
    )
)
"""Whatever bends the rules, in one question. Every transaction asks it anew: no station acts on an old rule."""


def settings_of(uow: UnitOfWork) -> dict[str, Any]:
    """Return all shared settings that were ever changed."""
    return {key: json.loads(value) for key, value in uow.rows(_ALL, {})}


def write_setting(uow: UnitOfWork, key: str, value: object) -> None:
    """Change a shared setting; of two stations that do so at once the later one stays."""
    dialect = postgresql if uow.is_postgresql else sqlite
    text = json.dumps(value)
    new = dialect.insert(setting).values(key=key, value=text)
    uow.execute(new.on_conflict_do_update(index_elements=["key"], set_={"value": text}))


def policy_of(uow: UnitOfWork) -> Policy:
    """Return the rules' settings; a value that makes no sense counts as the default."""
    return _policy(tuple(uow.rows(_RULES, {})))


@lru_cache(maxsize=4)
def _policy(rows: tuple[tuple[str | None, str | None, int | None, int | None], ...]) -> Policy:
    """Return what the rows of the rules mean: read anew for each scan, they are nearly always the same ones."""
    stored = {key: json.loads(value) for key, value, _, _ in rows if key is not None and value is not None}
    virtual = {company: place for _, _, company, place in rows if company is not None and place is not None}
    default = Policy()
    returns = stored.get("return_stock")
    return Policy(
        push_requires_packed=bool(stored.get("push_requires_packed", default.push_requires_packed)),
        return_stock=ReturnPolicy(returns) if returns in set(ReturnPolicy) else default.return_stock,
        undo_minutes=int(stored.get("undo_minutes", default.undo_minutes)),
        import_fees_paid_by_customer=bool(stored.get("import_fees_paid_by_customer", False)),
        verify_before_pack=bool(stored.get("verify_before_pack", default.verify_before_pack)),
        lock_minutes=int(stored.get("lock_minutes", default.lock_minutes)),
        virtual_warehouses=MappingProxyType(virtual),
    )


def label_file_days(uow: UnitOfWork) -> int:
    """Return for how many days the files of labels are kept; 0 for ever."""
    stored = settings_of(uow).get("keep_label_files_days", LABEL_FILE_DAYS)
    return stored if isinstance(stored, int) and stored >= 0 else LABEL_FILE_DAYS


def sender_of(uow: UnitOfWork) -> SenderDetails:
    """Return who sends the parcels; empty until somebody wrote it down."""
    stored = settings_of(uow)
    name, phone, city = (str(stored.get(f"sender_{part}", "")) for part in ("name", "phone", "city"))
    return SenderDetails(name, phone, city)
