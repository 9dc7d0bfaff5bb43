"""Find the files that ship with the program.

In a wheel and in a frozen build they lie in ``warehouse_desk/_resources``; in a checkout, in ``resources``
beside the package.
"""

from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_resources"
    return shipped if shipped.is_dir() else package.parent / "resources"


def resource_folder(name: str) -> Path:
    """Return the folder of one kind of resource (``icons``, ``i18n``, ``fonts``...)."""
    return _root() / name


def resource_file(folder: str, name: str) -> Path:
    """Return the path of one shipped file.

    Raises:
        FileNotFoundError: the file is not shipped; a fault of the build, not of the user.
    """
    path = resource_folder(folder) / name
    if not path.is_file():
        raise FileNotFoundError(path)
    return path
