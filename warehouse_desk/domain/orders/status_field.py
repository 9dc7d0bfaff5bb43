"""Read a status where a body or a query names one."""

from warehouse_desk.domain.fields import FieldReader
from warehouse_desk.domain.status import Status

STATUSES = tuple(status.value for status in Status)


def read_status(read: FieldReader, name: str = "status") -> Status | None:
    """Return the status that a required field names, in either case; None where it is a fault."""
    try:
        return Status.read(str(read.body.get(name)))
    except ValueError:
        word = read.choice(name, STATUSES)
        return None if word is None else Status(word)


def optional_status(read: FieldReader, name: str = "status") -> Status | None:
    """Return the status that an optional field names, None where it is absent, blank, or a fault."""
    return None if read.is_absent(name) else read_status(read, name)
