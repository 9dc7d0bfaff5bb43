"""Export orders: a filter or a selection, in chosen columns."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain
from pathlib import Path
from typing import Any

from warehouse_desk.common.messages import Message
from warehouse_desk.data.files import exports
from warehouse_desk.data.orders import facts
from warehouse_desk.data.orders import lists as order_lists
from warehouse_desk.domain.errors import NotFound, WrongUsage
from warehouse_desk.domain.orders.finding import EVERY_ORDER, OrderFilter
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.results import no_order
from warehouse_desk.services.files.export_columns import COLUMNS, DEFAULT_COLUMNS, cells_of, columns_named, fields_of
from warehouse_desk.services.orders.listing import checked
from warehouse_desk.services.subject import Subject
from warehouse_desk.sheets.errors import WRONG_ENDING
from warehouse_desk.sheets.limits import Cancelled, Progress
from warehouse_desk.sheets.writing import write_orders

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to export and where to."""

    path: str
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    order_filter: OrderFilter = EVERY_ORDER
    ids: tuple[int, ...] | None = None
    """A selection; without it, whatever the filter holds."""
    token: str = ""
    """Name of the unfinished file, the same when a job is taken up again."""
    total: int = 0
    """Orders that matched when it was asked for."""

    def as_payload(self) -> dict[str, Any]:
        """Return the request as a job keeps it."""
        kept = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "order_filter"}
        return {**kept, "wanted": self.order_filter.to_json()}

    @classmethod
    def of_payload(cls, payload: Mapping[str, Any]) -> "ExportRequest":
        """Read back what a job kept."""
        kept = {field.name: payload[field.name] for field in fields(cls) if field.name in payload}
        ids = payload.get("ids")
        lists = {"columns": tuple(payload["columns"]), "ids": None if ids is None else tuple(ids)}
        return cls(**{**kept, **lists, "order_filter": OrderFilter.from_json(payload["wanted"])})


class Exports(Subject):
    """Orders that go out to a file."""

    def write(
        self, request: ExportRequest, *, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> int:
        """Write the orders to the file and return how many; it appears whole or not at all.

        Raises:
            WrongUsage: an unknown column, status or field, or a file that does not end in .xlsx or .csv.
            CannotWrite: the folder or the disk refuses.
            Stopped: ``cancelled`` said so.
            NotAllowed: the role lacks ``export``.
        """
        ready = self.prepared(request)
        columns = columns_named(ready.columns)
        fields = fields_of(columns)
        windows = (
            exports.windows_of_filter(self.context.database, fields, ready.order_filter)
            if ready.ids is None
            else exports.windows_of_ids(self.context.database, fields, ready.ids)
        )
        rows = map(cells_of(columns, fields), chain.from_iterable(windows))
        done = write_orders(
            Path(ready.path),
            rows,
            [column.spec for column in columns],
            progress=progress,
            cancelled=cancelled,
            total=ready.total,
            token=ready.token,
        )
        _log.info("exported %d orders", done)
        return done

    def prepared(self, request: ExportRequest) -> ExportRequest:
        """Check a request and complete it: how many orders match now."""
        self.context.caller.require(Ability.EXPORT)
        columns_named(request.columns)
        order_filter = checked(self.context, request.order_filter)
        path = Path(request.path).expanduser().absolute()
        if path.suffix.lower() not in {".xlsx", ".csv"}:
            raise WrongUsage(WRONG_ENDING.with_params(name=path.name))
        if request.ids is not None:
            total = len(set(request.ids))
        else:
            with self.context.database.read() as uow:
                total = order_lists.count(uow, order_filter)
        return replace(request, path=str(path), total=total)

    def ids_named(self, codes: Sequence[str]) -> tuple[int, ...]:
        """Return the ids of orders named by reference or tracking number, all looked up at once.

        Raises:
            NotFound: no order carries one of them.
            NotAllowed: the role lacks ``export``.
        """
        self.context.caller.require(Ability.EXPORT)
        with self.context.database.read() as uow:
            found = facts.facts_of(uow, codes, lock=False)
        for code in codes:
            if code not in found:
                raise NotFound(no_order(code))
        return tuple(found[code].id for code in codes)

    def columns(self) -> dict[str, tuple[Message, bool]]:
        """Return the headings that an export may have, each with what it holds and whether it is usual."""
        rest = [name for name in COLUMNS if name not in DEFAULT_COLUMNS]
        return {name: (COLUMNS[name].about, name in DEFAULT_COLUMNS) for name in (*DEFAULT_COLUMNS, *rest)}
