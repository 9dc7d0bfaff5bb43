"""Every sentence of the program exists in French and in Arabic."""

import ast
import importlib.util
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from warehouse_desk.common.languages import ENGLISH, LANGUAGES
from warehouse_desk.common.messages import Message, message_from_json, msg, nmsg
from warehouse_desk.common.system_errors import system_reason
from warehouse_desk.domain.status import Status, status_name

ROOT = Path(__file__).parents[2]
TRANSLATED = [code for code, each in LANGUAGES.items() if each is not ENGLISH]
ARABIC_LETTER = re.compile("[\u0621-\u064a]")

SHOWS_TEXT = {
    *("setText", "setToolTip", "setStatusTip", "setWhatsThis", "setWindowTitle", "setTitle", "setPlaceholderText"),
    *("setAccessibleName", "setAccessibleDescription", "setLabelText", "setPrefix", "setSuffix", "setSpecialValueText"),
    *("setInformativeText", "setPlainText", "setHtml", "setHeaderLabels", "setHorizontalHeaderLabels"),
    *("addItem", "insertItem", "addAction", "addMenu", "addTab", "addRow", "addButton", "drawText", "showMessage"),
    *("QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu"),
    *("QTableWidgetItem", "QListWidgetItem", "QTreeWidgetItem"),
    *("getOpenFileName", "getSaveFileName", "getExistingDirectory", "information", "question", "warning"),
}
NO_WORDS = {" mm", ".pdf", ".zpl", "PDF (*.pdf)", "Warehouse Desk"}
"""Units, endings of files, the program's name."""


@cache
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def sentences() -> Any:
    return tool().extract()


def entry(english: str | tuple[str, str], translation: str | tuple[str, ...]) -> Any:
    return tool().Message(english, translation)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_with_its_facts_and_forms_and_the_program_reads_it(language: str) -> None:
    assert len(sentences()) > 700
    assert tool().faults(language, sentences()) == []


@pytest.mark.parametrize(
    ("english", "arabic", "fault"),
    [
        ("{reference} is held.", "", "is not translated"),
        ("{reference} is held.", "{reference} is held.", "stands in English"),
        ("{reference} is held.", "{referance} معلق.", "names the facts ['referance'], not ['reference']"),
        ("Name: ", "الاسم:", "begins or ends with other spaces"),
        (("{n} parcel", "{n} parcels"), ("لا طرود", "طرد"), "has not all of its 6 forms"),
        (
            ("{n} parcel", "{n} parcels"),
            ("لا طرود", "طرد واحد", "طردان", "{n} طرود", "طردا", "{n} طرد"),
            "names the facts [], not ['n']",
        ),
    ],
)
def test_a_sentence_that_lacks_something_is_named(
    english: str | tuple[str, str], arabic: str | tuple[str, ...], fault: str
) -> None:
    assert list(tool().sentence_faults("ar", entry(english, arabic))) == [fault]


def test_a_new_sentence_is_found_inside_an_f_string_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "warehouse_desk").mkdir()
    (tmp_path / "warehouse_desk" / "new.py").write_text("text = f\"{tr('Not yet translated.')}\"", encoding="utf-8")
    monkeypatch.setattr(tool(), "ROOT", tmp_path)
    assert [message.id for message in tool().extract() if message.id] == ["Not yet translated."]


def test_a_sentence_that_returns_to_the_code_is_taken_up_again() -> None:
    french = tool().read("fr")
    some = next(message for message in french if message.id == "Choose…")
    without = tool().updated(french, tool().Catalog())
    assert without.get("Choose…") is None
    again = tool().Catalog()
    again.add("Choose…")
    assert tool().updated(without, again).get("Choose…").string == some.string


def test_an_arabic_sentence_that_begins_with_a_latin_fact_is_laid_out_from_the_right() -> None:
    late = [
        form
        for message in tool().read("ar")
        if message.id
        for form in tool().forms(message)
        if form.startswith("{") and not form.startswith("{n}") and ARABIC_LETTER.search(form)
    ]
    assert late == []


def test_french_puts_a_no_break_space_before_its_double_signs() -> None:
    torn = [form for m in tool().read("fr") if m.id for form in tool().forms(m) if re.search(r" [:;?!»%]|« ", form)]
    assert torn == []


def test_statuses_are_told_apart_in_every_language() -> None:
    for language in LANGUAGES:
        assert len({status_name(status).in_language(language) for status in Status}) == len(Status)


def test_a_sentence_reads_naturally_in_each_language() -> None:
    held = msg("{reference} is already on hold: {reason}.", reference="ORD-00007", reason="adresse")
    assert held.in_language("fr") == "ORD-00007 est déjà bloquée\u00a0: adresse."
    assert held.in_language("ar") == "\u200fORD-00007 معلق بالفعل: adresse."


@pytest.mark.parametrize(
    ("count", "arabic"),
    [
        (0, "لا طرود"),
        (1, "طرد واحد"),
        (2, "طردان"),
        (3, "3 طرود"),
        (10, "10 طرود"),
        (11, "11 طردا"),
        (99, "99 طردا"),
        (100, "100 طرد"),
        (103, "103 طرود"),
    ],
)
def test_arabic_counts_parcels_in_six_forms(count: int, arabic: str) -> None:
    assert parcels(count).in_language("ar") == arabic


@pytest.mark.parametrize(("count", "french"), [(0, "0 commande"), (1, "1 commande"), (2, "2 commandes")])
def test_french_counts_nothing_as_one(count: int, french: str) -> None:
    assert nmsg("{n} order", "{n} orders", count).in_language("fr") == french


def parcels(count: int) -> Message:
    return nmsg("{n} parcel", "{n} parcels", count)


@pytest.mark.parametrize("file", sorted((ROOT / "warehouse_desk").glob("[ua][ip]*/**/*.py")), ids=lambda f: f.name)
def test_what_the_window_shows_is_a_message(file: Path) -> None:
    assert [f"{line}: {text}" for line, text in bare_texts(ast.parse(file.read_text(encoding="utf-8")))] == []


def bare_texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the words given to Qt as they stand in the code."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and called(call.func) in SHOWS_TEXT:
            for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
                for text in literals(argument):
                    if re.search("[A-Za-z]{2}", text) and text not in NO_WORDS:
                        yield argument.lineno, text


def called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def literals(node: ast.expr) -> Iterator[str]:
    """Yield the texts that a value can be, but not those handed to another call."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*literals(node.body), *literals(node.orelse))
    elif isinstance(node, ast.BoolOp | ast.JoinedStr | ast.List | ast.Tuple):
        for part in node.elts if isinstance(node, ast.List | ast.Tuple) else node.values:
            yield from literals(part)
    elif isinstance(node, ast.BinOp):
        yield from (*literals(node.left), *literals(node.right))


@pytest.mark.parametrize(
    "code",
    [
        'label.setText("Pick a carrier")',
        'QPushButton("Print" if ready else tr("Stop"))',
        'box.setToolTip(f"Order {reference}")',
    ],
)
def test_a_bare_text_is_found(code: str) -> None:
    assert len(list(bare_texts(ast.parse(code)))) == 1


def test_a_short_word_for_two_things_is_two_words_where_a_language_has_two() -> None:
    status, tick_box = msg("Packed"), msg("Packed", "tick box")
    assert str(status) == str(tick_box) == "Packed"
    assert status.in_language("fr") != tick_box.in_language("fr")
    assert message_from_json(tick_box.to_json()) == tick_box
    assert message_from_json(msg("{reference}: {reason}", reference=tick_box).to_json()).params["reference"] == tick_box


def test_a_list_is_joined_as_the_language_joins_lists() -> None:
    lacking = msg("{file}: {columns}", columns=["phone", msg("Packed")], file="a.csv")
    assert str(lacking) == "a.csv: phone, Packed"
    assert lacking.in_language("ar").startswith("a.csv: phone، ")


def test_a_translation_platform_is_told_what_the_facts_look_like() -> None:
    held = tool().extract().get("{reference} is already on hold: {reason}.")
    assert "{reference}: ORD-00042" in tool().looks(held)


@pytest.mark.parametrize("language", [*LANGUAGES])
def test_what_the_system_refuses_is_told_in_the_language(language: str) -> None:
    told = {system_reason(OSError(number, os.strerror(number))).in_language(language) for number in (2, 13, 28, 36)}
    assert len(told) == 4
    assert all(os.strerror(number) not in told for number in (2, 13, 28, 36))
    assert "999" in system_reason(OSError(999, "odd")).in_language(language)


def test_arabic_labels_have_no_mnemonics_and_options_keep_their_dashes_on_the_left() -> None:
    said = [(m.id, form) for m in tool().read("ar") if m.id for form in tool().forms(m)]
    assert [english for english, form in said if "&" in form] == []
    assert [english for english, form in said if re.search(r"(?<![\u200e\w-])--[a-z]", form)] == []


def test_a_list_has_no_latin_comma_in_arabic() -> None:
    torn = [form for m in tool().read("ar") if m.id for form in tool().forms(m) if re.search("[\u0621-\u064a], ", form)]
    assert torn == []
