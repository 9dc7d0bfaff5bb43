"""Rooms of the program and the arrows between them, drawn in ``docs/architecture.md`` from the import graph.

    python -m tests.architecture.rooms     draws them anew

A room is a layer (a folder of ``warehouse_desk``) or a subject (a folder or module of ``services``). An arrow says that
something in one room imports something of the other; one that follows from two others is left out.
"""

import re
from functools import cache

import grimp

from tests.architecture.source import ROOT

PAGE = ROOT / "docs" / "architecture.md"
PACKAGE = "warehouse_desk"
BELOW_ALL = {"layers": {"common"}, "services": {"context", "requests", "subject"}}
"""Rooms that all others may know, by the picture in which they would be nothing but arrows."""

Picture = tuple[set[str], set[tuple[str, str]]]
"""The rooms, and the arrows from one to another."""


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph(PACKAGE, cache_dir=None)


def picture(name: str) -> Picture:
    """Return a picture of the program as it is: ``layers``, or the subjects of ``services``."""
    inside = PACKAGE if name == "layers" else f"{PACKAGE}.{name}"
    rooms: dict[str, str] = {}
    for module in _graph().modules:
        room = module.removeprefix(f"{inside}.").split(".")[0] if module.startswith(f"{inside}.") else ""
        if room and not room.startswith("_") and room not in BELOW_ALL[name]:
            rooms[module] = room
    arrows = {
        (room, rooms[imported])
        for module, room in rooms.items()
        for imported in _graph().find_modules_directly_imported_by(module)
        if rooms.get(imported, room) != room
    }
    return set(rooms.values()), _without_detours(arrows)


def _without_detours(arrows: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Leave out every arrow whose end is reached by other arrows too."""
    return {(start, end) for start, end in arrows if not _leads(arrows - {(start, end)}, start, end)}


def _leads(arrows: set[tuple[str, str]], start: str, end: str) -> bool:
    reached, new = set[str](), {start}
    while new:
        reached |= new
        new = {b for a, b in arrows if a in new} - reached
    return end in reached


def drawn(page: str, name: str) -> Picture:
    """Return a picture as the page has it."""
    block = next(iter(_block(name).findall(page)), "")
    rooms = set(re.findall(r"^    (\w+)$", block, re.MULTILINE))
    return rooms, set(re.findall(r"^    (\w+) --> (\w+)$", block, re.MULTILINE))


def redrawn(page: str) -> str:
    """Return the page with every picture as the program is now."""
    for name in BELOW_ALL:
        rooms, arrows = picture(name)
        lines = [f"    {room}" for room in sorted(rooms)] + [f"    {a} --> {b}" for a, b in sorted(arrows)]
        block = "\n".join([f"<!-- rooms: {name} -->", "```mermaid", "flowchart TD", *lines, "```"])
        page = _block(name).sub(block, page)
    return page


def _block(name: str) -> re.Pattern[str]:
    return re.compile(rf"^<!-- rooms: {name} -->\n```mermaid\n.*?^```$", re.MULTILINE | re.DOTALL)


if __name__ == "__main__":
    PAGE.write_text(redrawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
