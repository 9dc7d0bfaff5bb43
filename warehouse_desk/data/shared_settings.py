"""Settings that all stations of a database share, and the policy they make."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from warehouse_desk.data.database import UnitOfWork
from warehouse_desk.data.prepared import Prepared
from warehouse_desk.data.tables import setting, warehouse
from warehouse_desk.domain.rules import Policy
from warehouse_desk.domain.sender import SenderDetails
from warehouse_desk.domain.stock import ReturnPolicy

_ALL = Prepared(select(setting.c.key, setting.c.value))
_VIRTUAL = Prepared(
    select(warehouse.c.shipping_company_id, warehouse.c.id).where(warehouse.c.shipping_company_id.is_not(None))
)


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
    stored = settings_of(uow)
    default = Policy()
    returns = stored.get("return_stock")
    return Policy(
        push_requires_packed=bool(stored.get("push_requires_packed", default.push_requires_packed)),
        return_stock=ReturnPolicy(returns) if returns in set(ReturnPolicy) else default.return_stock,
        undo_minutes=int(stored.get("undo_minutes", default.undo_minutes)),
        import_fees_paid_by_customer=bool(stored.get("import_fees_paid_by_customer", False)),
        verify_before_pack=bool(stored.get("verify_before_pack", default.verify_before_pack)),
        lock_minutes=int(stored.get("lock_minutes", default.lock_minutes)),
        virtual_warehouses=dict(uow.rows(_VIRTUAL, {})),
    )


def sender_of(uow: UnitOfWork) -> SenderDetails:
    """Return who sends the parcels; empty until somebody wrote it down."""
    stored = settings_of(uow)
    name, phone, city = (str(stored.get(f"sender_{part}", "")) for part in ("name", "phone", "city"))
    return SenderDetails(name, phone, city)
