"""Files, functions and constructors stay small enough to be read at one sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, all_files, place, python_files, tree

LINES_PER_FILE = 400
LINES_PER_FUNCTION = 60
CONSTRUCTOR_ARGUMENTS = 7  # besides self
# A migration lists the statements of one version, top to bottom, and is never edited once it is released.
WRITTEN_ONCE = ROOT / "warehouse_desk/data/schema/migrations"
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "misc", "common_utils", "stuff"}


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_file_is_longer_than_its_limit() -> None:
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in all_files()}
    assert {name: length for name, length in lengths.items() if length > LINES_PER_FILE} == {}


def test_no_function_is_longer_than_its_limit() -> None:
    lengths = {
        f"{place(path, node)} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in all_files()
        if WRITTEN_ONCE not in path.parents
        for node in _functions(path)
    }
    assert {name: length for name, length in lengths.items() if length > LINES_PER_FUNCTION} == {}


def test_no_constructor_takes_more_arguments_than_its_limit() -> None:
    counts = {
        place(path, node): len(node.args.posonlyargs) + len(node.args.args) + len(node.args.kwonlyargs) - 1
        for path in python_files("warehouse_desk")
        for node in _functions(path)
        if node.name == "__init__"
    }
    assert {name: count for name, count in counts.items() if count > CONSTRUCTOR_ARGUMENTS} == {}


def test_every_module_says_by_its_name_what_it_is_about() -> None:
    vague = [place(path) for path in all_files() if path.stem in VAGUE_NAMES or path.parent.name in VAGUE_NAMES]
    assert vague == []
