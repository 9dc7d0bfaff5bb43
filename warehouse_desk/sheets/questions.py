"""What a person must say of a file before its rows are taken: which statuses, the hidden rows, the sheet."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.common.text import fold

Subject = Literal["only_status", "hidden_rows", "sheet"]

_NAMED: Final = 20
"""Statuses that a question names."""
_TO_SEND: Final = frozenset(
    {"", "confirme", "confirmee", "confirmes", "confirmed", "confirmé", "مؤكد", "مؤكده", "تم التاكيد", "موكد", "موكده"}
)
"""Statuses of orders that wait to be sent: a file of nothing else asks nothing."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said of a file beforehand."""

    only_status: Collection[str] | None = None
    """The statuses whose rows are taken; None while nobody said."""
    status_column: str = ""
    """The heading of the column of statuses, where it is not a usual one."""
    hidden_rows: bool | None = None
    """Whether rows that are hidden or filtered away are taken."""
    sheet: str = ""
    """The sheet of a workbook to read."""


@dataclass(frozen=True, slots=True)
class FileQuestion:
    """One thing to say, in the words of the field that answers it."""

    subject: Subject
    message: Message
    choices: tuple[tuple[str, int], ...] = ()
    """What there is to choose from, each with its rows (0 where they were not counted)."""


def status_question(counts: Collection[tuple[str, int]]) -> FileQuestion | None:
    """Return what to ask about a column of statuses; nothing where all orders wait to be sent."""
    if all(fold(status) in _TO_SEND for status, _ in counts):
        return None
    said = [f"{status or '-'} ({count})" for status, count in list(counts)[:_NAMED]]
    message = msg("The orders of the file have statuses: {found}. Choose which to import.", found=said)
    return FileQuestion("only_status", message, tuple(counts))


def hidden_question(hidden: int) -> FileQuestion:
    """Return what to ask about rows that a person does not see in their sheet."""
    message = nmsg(
        "{n} row of the sheet is hidden or filtered out. Choose whether to import it.",
        "{n} rows of the sheet are hidden or filtered out. Choose whether to import them.",
        hidden,
    )
    return FileQuestion("hidden_rows", message)


def sheet_question(sheets: Collection[str]) -> FileQuestion:
    """Return what to ask about a workbook in which several sheets hold rows."""
    message = msg("Several sheets have rows: {sheets}. Choose which to read.", sheets=list(sheets))
    return FileQuestion("sheet", message, tuple((sheet, 0) for sheet in sheets))
