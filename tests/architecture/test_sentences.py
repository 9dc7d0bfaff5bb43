"""A sentence for people is typed in one place: reworded in one of two, it would split without a word."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from tests.architecture.source import place, python_files, tree

SHORT = 25
"""Letters; headings and buttons of a word or two may well stand twice."""

_FORMS = {"msg": 1, "tr": 1, "Message": 1, "nmsg": 2}
"""How many of a call's first arguments are English sentences."""


def _sentences(call: ast.Call) -> Iterator[str]:
    forms = _FORMS.get(getattr(call.func, "id", ""), 0)
    texts = {arg.value for arg in call.args[:forms] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    yield from (text for text in texts if len(text) > SHORT)


def test_no_long_sentence_is_typed_twice() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in python_files("warehouse_desk"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                for text in _sentences(node):
                    places[text].append(f"{place(path)}:{node.lineno}")
    assert {text: where for text, where in places.items() if len(where) > 1} == {}
