"""One server a local database: a lock of the operating system, which ends with its process however that ends."""

import json
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from warehouse_desk.common.messages import msg
from warehouse_desk.common.system_errors import system_reason
from warehouse_desk.server.shell.errors import CannotListen

_FAR = 1 << 20
"""Windows locks bytes, which nobody else can read then: one far behind the text."""


class ServerLock:
    """Holds a file while a server serves the database beside it, and says in it where."""

    def __init__(self, file: Path) -> None:
        self._path = file
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            CannotListen: another server has it, which the sentence names; or the file cannot be written.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            raise CannotListen(
                msg("The lock {file} cannot be written: {reason}.", file=str(self._path), reason=system_reason(error))
            ) from error
        try:
            _lock(file)
        except OSError:
            told = _read(file)
            file.close()
            raise CannotListen(
                msg(
                    "This station is already served: process {process}, {address}.",
                    process=told.get("pid", "?"),
                    address=told.get("address", "?"),
                )
            ) from None
        self._file = file
        self.tell("")

    def tell(self, address: str) -> None:
        """Write down where the server listens, for whoever wants to start a second one."""
        if self._file is None:
            return
        self._file.seek(0)
        self._file.truncate()
        json.dump({"pid": os.getpid(), "address": address}, self._file)
        self._file.flush()

    def release(self) -> None:
        """Give the lock back; the file stays, since to remove it could take away another server's."""
        if self._file is not None:
            self._file.seek(0)
            self._file.truncate()
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _read(file: IO[str]) -> dict[str, object]:
    try:
        file.seek(0)
        found = json.loads(file.read())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
