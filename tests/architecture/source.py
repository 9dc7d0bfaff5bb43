"""The project's Python files and their syntax trees, for the tests that judge how they are built."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("warehouse_desk", "tests", "packaging")


def python_files(*folders: str) -> list[Path]:
    """Return the Python files below the named folders, sorted."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def all_files() -> list[Path]:
    """Return every Python file of the project."""
    return [ROOT / "dev.py", *python_files(*FOLDERS)]


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, node: ast.stmt | None = None) -> str:
    """Return where something stands, as an editor understands it."""
    name = path.relative_to(ROOT).as_posix()
    return name if node is None else f"{name}:{node.lineno}"


def imports(path: Path) -> list[tuple[str, ast.stmt]]:
    """Return the full names that a file imports, each with its statement."""
    found: list[tuple[str, ast.stmt]] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [(alias.name, node) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(f"{'.' * node.level}{node.module or ''}.{alias.name}", node) for alias in node.names]
    return found
