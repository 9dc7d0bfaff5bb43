"""The parts of the window have one shape, and names that mean one thing."""

import ast
import re
from collections import defaultdict
from pathlib import Path

from tests.architecture.source import ROOT, place, python_files, tree

_WINDOW = ROOT / "warehouse_desk" / "ui"


def _classes(path: Path) -> list[ast.ClassDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]


def _bases(node: ast.ClassDef) -> set[str]:
    return {base.id for base in node.bases if isinstance(base, ast.Name)}


def _module_of(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def test_a_controller_is_called_so_and_so_is_its_module() -> None:
    wrong = [
        place(path, node)
        for path in python_files("warehouse_desk/ui")
        for node in _classes(path)
        if any(base.endswith("Controller") for base in _bases(node)) or node.name.endswith("Controller")
        if not node.name.endswith("Controller") or path.stem != _module_of(node.name)
    ]
    assert wrong == []


def test_a_public_class_is_called_like_no_other() -> None:
    homes: defaultdict[str, list[Path]] = defaultdict(list)
    for path in python_files("warehouse_desk"):
        for node in _classes(path):
            if not node.name.startswith("_"):
                homes[node.name].append(path)
    doubled = {name: [place(path) for path in paths] for name, paths in homes.items() if len(paths) > 1}
    assert doubled == {}
