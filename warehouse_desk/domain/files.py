"""Facts about files that came in and lists that go out."""

from dataclasses import dataclass
from datetime import datetime

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.system_errors import system_reason
from warehouse_desk.domain.errors import WrongUsage

NO_COLUMN = msg("Choose at least one column.")


def cannot_write(file: str, reason: object) -> Message:
    """Return the sentence for a file that the disk did not take; ``reason`` is an error's or a sentence."""
    said = system_reason(reason) if isinstance(reason, OSError) else reason
    return msg("{file} cannot be written: {reason}. Choose another file.", file=file, reason=said)


def no_folder(file: str) -> Message:
    """Return the sentence for a file in a folder that is not there."""
    return msg("The folder of {file} does not exist. Create it, or choose another.", file=file)


def upgraded(copy: str) -> Message:
    """Return the sentence about a database that was upgraded just now, and where it is kept as it was."""
    return msg("The database was upgraded for this version. A copy of the old one is kept as {file}.", file=copy)


class OpenQuestion(WrongUsage):
    """Somebody must say first which rows of a file are meant; the field is where it is said."""

    def __init__(self, message: Message, field: str, choices: tuple[tuple[str, int], ...] = ()) -> None:
        super().__init__(message, field)
        self.choices = choices
        """What there is to choose from, each with how many rows have it."""


class SeveralStatuses(OpenQuestion):
    """A file says how its orders ended, in more than one way, and nobody said which of them count."""

    def __init__(self, message: Message, statuses: tuple[tuple[str, int], ...]) -> None:
        super().__init__(message, "only_status", statuses)
        self.statuses = statuses
        """Each status as the file first spells it, with how many rows have it, the most frequent first."""


@dataclass(frozen=True, slots=True)
class EarlierImport:
    """An import of a file that was done before."""

    id: int
    name: str
    at: datetime
    user_name: str
    station_name: str
    rows_stored: int
