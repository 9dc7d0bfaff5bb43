"""Files that commands write: found impossible before anything is done, and never half written."""

import os
import tempfile
from pathlib import Path

from warehouse_desk.common.messages import msg
from warehouse_desk.domain.errors import WrongUsage
from warehouse_desk.domain.files import cannot_write, no_folder


def check_output(file: str) -> None:
    """Refuse a file that cannot be written, before orders move for it.

    Raises:
        WrongUsage: its folder does not exist or may not be written, or it is a folder itself.
    """
    path = Path(file)
    if path.is_dir():
        raise WrongUsage(msg("{file} is a folder. Choose a file in it.", file=file))
    if not path.absolute().parent.is_dir():
        raise WrongUsage(no_folder(file))
    if not os.access(path.absolute().parent, os.W_OK):
        raise WrongUsage(cannot_write(file, msg("the folder is read-only")))


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
        raise WrongUsage(cannot_write(file, error)) from error
