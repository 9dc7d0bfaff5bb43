"""Files in and out: what the desk does with spreadsheets.

What reads and writes them is loaded by whoever asks for a file, not by every scan.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse_desk.common.messages import Message
from warehouse_desk.domain.jobs import Job
from warehouse_desk.domain.orders.transitions import Action
from warehouse_desk.services.context import Context
from warehouse_desk.services.directories.directories import Directories

if TYPE_CHECKING:
    from warehouse_desk.services.files.by_file import FileAnswer
    from warehouse_desk.services.files.export_runner import ExportRunner
    from warehouse_desk.services.files.exports import ExportRequest
    from warehouse_desk.services.files.imports import FileImport, Imported
    from warehouse_desk.sheets.limits import Cancelled, Progress


class FileDesk:
    """Imports, steps by file and exports of one worker at one station."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def read_import(
        self, path: Path, *, progress: "Progress | None" = None, cancelled: "Cancelled | None" = None
    ) -> "FileImport":
        """See :func:`imports.read_file`."""
        from warehouse_desk.services.files import imports

        return imports.read_file(self.context, path, progress=progress, cancelled=cancelled)

    def store_import(
        self,
        file: "FileImport",
        *,
        valid_only: bool = False,
        again: bool = False,
        progress: "Progress | None" = None,
        cancelled: "Cancelled | None" = None,
    ) -> "Imported":
        """See :func:`imports.store`."""
        from warehouse_desk.services.files import imports

        return imports.store(
            self.context, file, valid_only=valid_only, again=again, progress=progress, cancelled=cancelled
        )

    def mark_by_file(
        self,
        action: Action,
        path: Path,
        day: date | None = None,
        *,
        progress: "Progress | None" = None,
        cancelled: "Cancelled | None" = None,
    ) -> "FileAnswer":
        """See :func:`by_file.mark_by_file`."""
        from warehouse_desk.services.files import by_file

        return by_file.mark_by_file(self.context, action, path, day, progress=progress, cancelled=cancelled)

    def export(
        self, request: "ExportRequest", *, progress: "Progress | None" = None, cancelled: "Cancelled | None" = None
    ) -> int:
        """See :func:`exports.export_now`."""
        from warehouse_desk.services.files import exports

        return exports.export_now(self.context, request, progress=progress, cancelled=cancelled)

    def ids_named(self, codes: Sequence[str]) -> tuple[int, ...]:
        """See :func:`exports.ids_named`."""
        from warehouse_desk.services.files import exports

        return exports.ids_named(self.context, codes)

    def start_export(self, request: "ExportRequest") -> Job:
        """See :func:`exports.start_export`."""
        from warehouse_desk.services.files import exports

        return exports.start_export(self.context, request)

    def export_jobs(self) -> Sequence[Job]:
        """See :func:`exports.export_jobs`."""
        from warehouse_desk.services.files import exports

        return exports.export_jobs(self.context)

    def cancel_export(self, number: int) -> bool:
        """See :func:`exports.cancel_export`."""
        from warehouse_desk.services.files import exports

        return exports.cancel_export(self.context, number)

    def export_columns(self) -> dict[str, tuple[Message, bool]]:
        """Return the headings that an export may have, each with what it holds and whether it is usual."""
        from warehouse_desk.services.files.export_columns import COLUMNS, DEFAULT_COLUMNS

        rest = [name for name in COLUMNS if name not in DEFAULT_COLUMNS]
        return {name: (COLUMNS[name].about, name in DEFAULT_COLUMNS) for name in (*DEFAULT_COLUMNS, *rest)}

    def export_runner(self, on_change: Callable[[], None]) -> "ExportRunner":
        """Start doing this station's exports; see :class:`export_runner.ExportRunner`."""
        from warehouse_desk.services.files.export_runner import ExportRunner

        runner = ExportRunner(self.context, on_change=on_change)
        runner.start()
        return runner

    def write_template(self, path: Path) -> None:
        """Write the sheet to fill in, with the cities to choose from."""
        from warehouse_desk.sheets.template import write_template

        write_template(path, [city.name for city in Directories(self.context).cities() if city.active])
