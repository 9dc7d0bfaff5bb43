"""Exit statuses of the program."""

from warehouse_desk.domain.errors import DatabaseUnavailable, DeskError, WrongUsage

DONE = 0
REFUSED = 1
"""Something was refused, unknown or not found; the rest was done."""
WRONG_USAGE = 2
UNREACHABLE = 3
"""The database cannot be reached, read or written, or belongs to a newer program."""
FAULT = 70
"""A fault of the program; EX_SOFTWARE of sysexits.h."""
INTERRUPTED = 130
"""As a shell says it of a program ended by SIGINT (128 + 2)."""
PIPE_CLOSED = 141
"""As a shell says it of a program ended by SIGPIPE (128 + 13)."""


def status_of(error: DeskError) -> int:
    """Return the exit status for a refusal of a whole command."""
    if isinstance(error, WrongUsage):
        return WRONG_USAGE
    return UNREACHABLE if isinstance(error, DatabaseUnavailable) else REFUSED
