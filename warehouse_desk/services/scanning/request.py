"""A reading and what was set at the station when it came in: as it is asked, stored and taken up again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from warehouse_desk.common.codes import without_aim
from warehouse_desk.common.json_text import json_object
from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.domain.errors import NotFound
from warehouse_desk.domain.orders.step_options import StepOptions
from warehouse_desk.domain.people.users import Approval
from warehouse_desk.domain.scanning.modes import ModeName
from warehouse_desk.domain.scanning.scans import CODE_LENGTH
from warehouse_desk.domain.signature import Signature
from warehouse_desk.services.context import Context

_OPTION_FIELDS = tuple(field.name for field in fields(StepOptions))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRequest:
    """One reading and the sticky facts that go with it."""

    mode: ModeName
    code: str
    options: StepOptions
    whole_lines: bool = False
    """Verify: one piece stands for its whole line (check) instead of each being scanned (count)."""
    write_off: bool = False
    """Restock: the goods are written off instead of put back."""
    candidates: tuple[str, ...] = ()
    """What a doubtful reading may say; it counts only when exactly one of them exists."""
    approval: Approval | None = None

    def stored(self) -> str:
        """Return all but mode and code as JSON, as the reading's row keeps it."""
        return _stored(self.options, self.whole_lines, self.write_off, self.candidates, self.approval)


@lru_cache(maxsize=64)
def _stored(
    options: StepOptions, whole_lines: bool, write_off: bool, candidates: tuple[str, ...], approval: Approval | None
) -> str:
    # The sticky facts stay the same for many scans: they are put into words once.
    stored_fields: dict[str, Any] = {name: getattr(options, name) for name in _OPTION_FIELDS}
    stored_fields |= {"whole_lines": whole_lines, "write_off": write_off, "candidates": list(candidates)}
    if approval is not None:
        stored_fields["approved_by"] = [approval.user_id, approval.user_name, approval.scan_id]
    return json_object({name: value for name, value in stored_fields.items() if value not in (None, "", [], False)})


def read_request(mode: str, code: str, stored: str) -> ScanRequest:
    """Read back what :meth:`ScanRequest.stored` gave.

    Raises:
        ValueError: a program with more modes stored it.
    """
    return ScanRequest(mode=ModeName(mode), code=code, **_read(stored))


@lru_cache(maxsize=64)
def _read(stored: str) -> Mapping[str, Any]:
    stored_fields: Mapping[str, Any] = json.loads(stored)
    known = {name: stored_fields[name] for name in _OPTION_FIELDS if name in stored_fields}
    known["date"] = date.fromisoformat(stored_fields["date"])
    if "short_skus" in known:
        known["short_skus"] = tuple(known["short_skus"])
    approved = stored_fields.get("approved_by")
    return MappingProxyType(
        {
            "options": StepOptions(**known),
            "whole_lines": bool(stored_fields.get("whole_lines")),
            "write_off": bool(stored_fields.get("write_off")),
            "candidates": tuple(stored_fields.get("candidates", ())),
            "approval": Approval(*approved) if approved else None,
        }
    )


def clean_code(code: str) -> str:
    """Return a code without symbology identifier, blanks around it and control characters."""
    text = without_aim(code.strip("\r\n\t \x02\x03")).strip()
    return (text if text.isprintable() else "".join(filter(str.isprintable, text)))[:CODE_LENGTH]


@dataclass(frozen=True, slots=True)
class ScanInMode:
    """A reading as its mode judges it, inside the transaction that answers it."""

    uow: UnitOfWork
    ctx: Context
    signature: Signature
    request: ScanRequest

    @property
    def code(self) -> str:
        """What was read."""
        return self.request.code

    @property
    def options(self) -> StepOptions:
        """What was set at the station."""
        return self.request.options


def no_reading(scan_id: str) -> NotFound:
    """Return the refusal of a reading that the database does not have."""
    return NotFound(msg("No reading {scan} was received.", scan=scan_id))
