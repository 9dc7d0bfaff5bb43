"""Files that commands write: found impossible before anything is done, and never half written."""

import os
import tempfile
from pathlib import Path

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import WrongUsage


def check_output(file: str) -> None:
    """Refuse a file that cannot be written, before orders move for it.

    Raises:
        WrongUsage: its folder does not exist or may not be written, or it is a folder itself.
    """
    path = Path(file)
    if path.is_dir():
        raise WrongUsage(msg("{file} is a folder. Name a file in it.", file=file))
    if not path.absolute().parent.is_dir():
        raise WrongUsage(msg("The folder of {file} does not exist. Create it, or choose another.", file=file))
    if not os.access(path.absolute().parent, os.W_OK):
        raise _impossible(file, msg("the folder may not be written"))


def write_output(file: str, content: bytes) -> None:
    """Write a file whole, or leave what was there.

    Raises:
        WrongUsage: it cannot be written.
    """
    path = Path(file).absolute()
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as to:
            unfinished = Path(to.name)
            to.write(content)
        unfinished.chmod(0o644)
        unfinished.replace(path)
    except OSError as error:
        raise _impossible(file, error.strerror or str(error)) from error


def _impossible(file: str, reason: object) -> WrongUsage:
    return WrongUsage(msg("{file} cannot be written: {reason}. Choose another file.", file=file, reason=reason))
