"""Files in and out: what the desk does with spreadsheets."""

from functools import cached_property
from typing import TYPE_CHECKING

from warehouse_desk.services.subject import Subject

if TYPE_CHECKING:
    from warehouse_desk.services.files.by_file import StepsByFile
    from warehouse_desk.services.files.export_jobs import ExportJobs
    from warehouse_desk.services.files.exports import Exports
    from warehouse_desk.services.files.imports import Imports


class Files(Subject):
    """Its parts, each of which loads the libraries of its own files when it is first asked for."""

    @cached_property
    def imports(self) -> "Imports":
        """Sheets of orders that come in, and the empty one to fill in."""
        from warehouse_desk.services.files.imports import Imports

        return Imports(self.context)

    @cached_property
    def by_file(self) -> "StepsByFile":
        """Steps of the orders that a sheet names."""
        from warehouse_desk.services.files.by_file import StepsByFile

        return StepsByFile(self.context)

    @cached_property
    def exports(self) -> "Exports":
        """Orders that go out to a file while one waits."""
        from warehouse_desk.services.files.exports import Exports

        return Exports(self.context)

    @cached_property
    def export_jobs(self) -> "ExportJobs":
        """Exports that the station does in the background."""
        from warehouse_desk.services.files.export_jobs import ExportJobs

        return ExportJobs(self.context)
