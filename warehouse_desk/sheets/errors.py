"""Why a file could not be read or written, each with the way out."""

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.sheets.limits import MAX_ROWS

WRONG_ENDING = msg("{name} must end in .xlsx or .csv.")
NO_FOLDER = msg("The folder for {name} does not exist.")


class SheetError(DeskError):
    """A spreadsheet could not be read or written."""


class FileNotReachable(SheetError):
    """The file is missing, is a folder, or may not be opened."""


class WrongFileKind(SheetError):
    """The file is something other than an .xlsx workbook or a text of delimited columns."""


class FileProtected(SheetError):
    """The workbook asks for a password."""


class DamagedFile(SheetError):
    """The file is cut off or not built as its kind must be."""


class FileTooBig(SheetError):
    """The file passes one of the limits in :mod:`warehouse_desk.sheets.limits`."""


def damaged(name: str) -> DamagedFile:
    """Return the refusal of a file that its own program may still be able to mend."""
    return DamagedFile(msg("{name} is damaged. Open it in Excel or LibreOffice and save it again.", name=name))


def too_many_rows(name: str) -> FileTooBig:
    """Return the refusal of a file with more rows than are read."""
    return FileTooBig(msg("{name} has more than {n} rows. Split it.", name=name, n=MAX_ROWS))


class EmptyFile(SheetError):
    """The file holds no rows under its header."""


class ColumnsMissing(SheetError):
    """No header row, or one that lacks required columns."""


class CannotWrite(SheetError):
    """The file cannot be written where it was asked for."""


class Stopped(SheetError):
    """The person stopped the reading or writing; nothing was kept."""

    def __init__(self) -> None:
        super().__init__(msg("Stopped. Nothing was read or written."))
