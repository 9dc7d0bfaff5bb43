"""Settings that all stations of a database share, and the policy they make."""

import json
from typing import Any

from sqlalchemy import delete, insert, select

from warehouse_desk.data.database import UnitOfWork
from warehouse_desk.data.prepared import Prepared
from warehouse_desk.data.tables import setting, warehouse
from warehouse_desk.domain.rules import Policy
from warehouse_desk.domain.sender import SenderDetails
from warehouse_desk.domain.stock import ReturnPolicy

LABEL_FILE_DAYS = 90
"""A parcel comes back within weeks; after a quarter nobody takes its label out again."""

_ALL = Prepared(select(setting.c.key, setting.c.value))
_VIRTUAL = Prepared(
    select(warehouse.c.shipping_company_id, warehouse.c.id).where(warehouse.c.shipping_company_id.is_not(None))
)


def settings_of(uow: UnitOfWork) -> dict[str, Any]:
    """Return all shared settings that were ever changed."""
    return {key: json.loads(value) for key, value in uow.rows(_ALL, {})}


def write_setting(uow: UnitOfWork, key: str, value: object) -> None:
    """Change a shared setting."""
    uow.execute(delete(setting).where(setting.c.key == key))
    uow.execute(insert(setting).values(key=key, value=json.dumps(value)))


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
        virtual_warehouses=dict(uow.rows(_VIRTUAL, {})),
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
