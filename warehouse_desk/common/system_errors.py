"""Say why the operating system refused something, in the reader's language.

The system's own words are English, or those of whoever installed it; the number of the error is the same everywhere.
"""

import errno
import re

from warehouse_desk.common.messages import Message, msg

_NO_ROOM = msg("the disk is full")
_NOT_ALLOWED = msg("this user does not have the right to it")
_NOT_THERE = msg("there is no such file or folder")
_NO_SUCH_NAME = msg("there is no such name in the network")
_NO_WAY = msg("the network does not lead there")
_IN_USE = msg("another program is using it")
_TOO_MANY = msg("too many files are open")
_BROKEN_OFF = msg("the connection broke off")

_REASONS: dict[int, Message] = {
    errno.ENOENT: _NOT_THERE,
    errno.ENXIO: _NOT_THERE,
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: msg("the disk is read-only"),
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EFBIG: msg("the file would be too large"),
    errno.EISDIR: msg("it is a folder"),
    errno.ENOTDIR: msg("a part of the path is not a folder"),
    errno.ENAMETOOLONG: msg("the name is too long"),
    errno.EEXIST: msg("it exists already"),
    errno.ENOTEMPTY: msg("the folder is not empty"),
    errno.EBUSY: _IN_USE,
    errno.ETXTBSY: _IN_USE,
    errno.EIO: msg("the disk does not answer"),
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.EADDRINUSE: msg("another program uses this port"),
    errno.EADDRNOTAVAIL: msg("this computer does not have that address"),
    errno.ECONNREFUSED: msg("it refuses the connection"),
    errno.ETIMEDOUT: msg("it does not answer"),
    errno.EHOSTUNREACH: _NO_WAY,
    errno.ENETUNREACH: _NO_WAY,
    errno.ECONNRESET: _BROKEN_OFF,
    errno.ECONNABORTED: _BROKEN_OFF,
    errno.EPIPE: _BROKEN_OFF,
}


def system_reason(error: BaseException) -> Message:
    """Return why a call of the operating system failed, as the end of a sentence: *…: the disk is full*."""
    number = error.errno if isinstance(error, OSError) else None
    if type(error).__name__ == "gaierror":  # of the module socket, which no start shall load
        return _NO_SUCH_NAME
    if isinstance(error, TimeoutError):
        return _REASONS[errno.ETIMEDOUT]
    if number is None:
        return msg("its name cannot be used")
    return _REASONS.get(number) or msg("error {number} of the operating system", number=number)


def place_in_text(error: ValueError) -> Message:
    """Return where a text stops being TOML or JSON; what its reader says of it is English."""
    line, column = getattr(error, "lineno", None), getattr(error, "colno", None)
    if line is None and (found := re.search(r"line (\d+), column (\d+)", str(error))):
        line, column = int(found[1]), int(found[2])
    if line is None:
        return msg("see its end")
    return msg("see line {line}, column {column}", line=line, column=column)
