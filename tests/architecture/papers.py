"""The papers of the project: their headings, their links and the files they name."""

import re
from functools import cache
from pathlib import Path

from tests.architecture.source import ROOT

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_PLACE = re.compile(r"[\w.*-]+(?:/[\w.*-]+)+/?|[\w-]+\.py|[\w-]+/")
_MODULE = re.compile(r"(?:warehouse_desk|tests)(?:\.\w+)+")
_FOLDERS = (ROOT, ROOT / "warehouse_desk")
"""Where a named file may lie: papers about the program leave its folder's name out."""


def papers() -> list[Path]:
    """Return every paper, sorted."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


@cache
def prose(paper: Path) -> str:
    """Return a paper without its blocks of code."""
    return _FENCE.sub("", paper.read_text(encoding="utf-8"))


@cache
def anchors(paper: Path) -> frozenset[str]:
    """Return what a link to a heading of a paper may say behind ``#``, as GitHub makes it."""
    found: list[str] = []
    for heading in _HEADING.findall(prose(paper)):
        words = re.sub(r"[^\w\- ]", "", _LINK.sub("]", heading).lower())
        slug = words.strip().replace(" ", "-")
        found.append(f"{slug}-{found.count(slug)}" if slug in found else slug)
    return frozenset(found)


def is_there(paper: Path, anchor: str) -> bool:
    """Tell whether a file exists, with a heading of that anchor where one is given."""
    return paper.exists() and (not anchor or anchor in anchors(paper))


def links(paper: Path) -> list[tuple[Path, str]]:
    """Return the files of the project that a paper links to, each with the heading, ``""`` for none."""
    found = []
    for target in _LINK.findall(prose(paper)):
        if "://" not in target and not target.startswith("mailto:"):
            file, _, anchor = target.partition("#")
            found.append(((paper.parent / file).resolve() if file else paper, anchor))
    return found


def missing_places(paper: Path) -> list[str]:
    """Return the files, folders and modules that a paper names and that are not there."""
    named = {span.split()[0] for span in _CODE.findall(prose(paper)) if span.strip()}
    places = {name for name in named if _PLACE.fullmatch(name) and not _is_of_the_user(name)}
    modules = {name for name in named if _MODULE.fullmatch(name)}
    return sorted({p for p in places if not _exists(p)} | {m for m in modules if not _is_module(m)})


def _is_of_the_user(name: str) -> bool:
    """Tell whether a name is no place in the project: a date, an address, a folder that git does not keep."""
    return name[0].isdigit() or "//" in name or name.startswith((".venv/", ".dev/"))


def _exists(name: str) -> bool:
    """Tell whether there is such a file or folder; ``NUMBER`` and ``NAME`` stand for whatever may stand there."""
    pattern = re.sub("NUMBER|NAME", "*", name.rstrip("/"))
    return any(any(folder.glob(pattern)) for folder in _FOLDERS)


def _is_module(name: str) -> bool:
    path = ROOT / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").exists()
