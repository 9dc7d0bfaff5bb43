"""Keep the catalogues of ``resources/i18n`` in step with the sentences in the code.

    python packaging/translations.py update     take over new sentences; say which are still to be translated
    python packaging/translations.py compile    write the .mo files that the program reads
    python packaging/translations.py check      name every fault; exit status 1 if there is one
    python packaging/translations.py extract    show the sentences of the code, with their files

A sentence that leaves the code is kept at the end of its catalogue (``#~``) and is taken up again when it returns.
"""

import argparse
import ast
import re
import sys
from collections.abc import Container, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import BinaryIO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from warehouse_desk.common import languages  # noqa: E402 - of this checkout, installed or not

TRANSLATED = {code: each for code, each in languages.LANGUAGES.items() if each.plurals}
LANGUAGES = tuple(TRANSLATED)
"""Those that have a catalogue: all but the one in which the sentences are written."""
KEYWORDS = {"msg": None, "nmsg": (1, 2), "tr": None, "Message": None}
ITS_OWN = "common/messages.py"  # defines the keywords; what stands there is no sentence
NOBODY = ('"Report-Msgid-Bugs-To', '"Last-Translator', '"Language-Team')
"""Headers that Babel fills with made-up addresses."""
SAME = {
    "*": {"192.168.1.50:9100", "PDF (*.pdf)", "PDF (*.pdf);;Zebra (*.zpl)", "Warehouse Desk", "…", "{n} × {name}"},
    "fr": {"Badge", "Badges", "Administration", "min",
        "Code", "E-mail", "Exports", "F&ormat", "Format", "Mode", "OK", "PIN", "options", "SKU", "Scanner",
        "Total", "&Code", "&Date", "&Note", "&SKU", "{action} · {orders}", "{action} · {reference}", "{parcel}. {said}",
    },
    "ar": {
        "{action}: {count}", "{action} · {orders}", "{action} · {reference}", "{name}: {steps} on {orders}",
        "{parcel}. {said}", "{status}: {counted}",
    },
}  # fmt: skip
"""Brand names, codes and words that a language shares with English."""


def catalogue_file(language: str, ending: str) -> Path:
    """Return the path of a language's catalogue, ``po`` for people or ``mo`` for the program."""
    return ROOT / "resources" / "i18n" / language / "LC_MESSAGES" / f"warehouse_desk.{ending}"


def extract() -> Catalog:
    """Return the sentences of the code, each with the files it stands in."""
    template = Catalog()
    folder = ROOT / "warehouse_desk"
    for file, _, message, _, _ in extract_from_dir(folder, [("**.py", _calls)], keywords=KEYWORDS):
        if file != ITS_OWN:
            template.add(message, locations=[(f"warehouse_desk/{file}", None)])
    return template


def _calls(
    file: BinaryIO,
    keywords: Container[str],
    _tags: object,
    options: object,  # noqa: ARG001 - Babel gives it by this name
) -> Iterator[tuple[int, str, tuple[object, ...], list[str]]]:
    """Yield the calls that hold sentences. Babel's own reader misses those inside f-strings before Python 3.12."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in keywords:
            said = tuple(arg.value if isinstance(arg, ast.Constant) else None for arg in node.args)
            yield node.lineno, node.func.id, said, []


def read(language: str) -> Catalog:
    """Read a language's catalogue, an empty one where it has none yet."""
    if not catalogue_file(language, "po").exists():
        return Catalog(locale=language)
    with catalogue_file(language, "po").open("rb") as file:
        return read_po(file, locale=language)


def updated(old: Catalog, template: Catalog) -> Catalog:
    """Return a catalogue of the template's sentences with all that the old one knows of them."""
    new = Catalog(
        locale=old.locale,
        project="Warehouse Desk",
        version=old.version,
        header_comment=old.header_comment,
        creation_date=old.creation_date,
        revision_date=old.revision_date,
        fuzzy=False,
    )
    new.mime_headers = [("Plural-Forms", TRANSLATED[str(old.locale)].plurals)]
    known = {message.id: message for message in [*old.obsolete.values(), *old] if message.id}
    for message in template:
        if message.id:
            before = known.pop(message.id, None)
            string = before.string if before else ""
            new.add(message.id, string, locations=sorted(set(message.locations)))
    new.obsolete = {Catalog._key_for(new, m.id): _bare(m) for m in known.values() if all(forms(m))}  # noqa: SLF001
    return new


def _bare(message: Message) -> Message:
    return Message(message.id, message.string)


def write(language: str, catalogue: Catalog) -> None:
    """Write a language's catalogue, sorted by file and without line numbers."""
    old = read(language) if catalogue_file(language, "po").exists() else None
    if old is None or _content(old) != _content(catalogue):
        catalogue.revision_date = datetime.now(UTC).replace(second=0, microsecond=0)
    path = catalogue_file(language, "po")
    path.parent.mkdir(parents=True, exist_ok=True)
    out = BytesIO()
    write_po(out, catalogue, width=110, sort_by_file=True, include_lineno=False)
    lines = out.getvalue().decode().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(NOBODY)), encoding="utf-8", newline="\n")


def _content(catalogue: Catalog) -> dict[object, object]:
    return {message.id: message.string for message in catalogue if message.id}


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as the program reads it."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def forms(message: Message) -> tuple[str, ...]:
    """Return a translation's plural forms, or its only one."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def facts(text: str) -> set[str]:
    """Return the facts that a text names in braces, and those of argparse's own texts."""
    return {name for _, name, _, _ in Formatter().parse(text) if name} | set(re.findall(r"%(?:\(\w+\))?[rs]", text))


def sentence_faults(language: str, message: Message) -> Iterator[str]:
    """Name what is wrong with the translation of one sentence."""
    english = (message.id,) if isinstance(message.id, str) else message.id
    given = forms(message)
    wanted = 1 if isinstance(message.id, str) else int(TRANSLATED[language].plurals.split(";")[0].partition("=")[2])
    if len(given) != wanted or not all(given):
        yield "is not translated" if not any(given) else f"has not all of its {wanted} forms"
        return
    if message.fuzzy:
        yield "is marked fuzzy"
    if given[0] in english and english[0] not in SAME["*"] | SAME.get(language, set()):
        yield "stands in English"
    edges = [re.match(r"(\s*).*?(\s*)$", text, re.DOTALL) for text in (english[0], given[0])]
    if edges[0] and edges[1] and edges[0].groups() != edges[1].groups():
        yield "begins or ends with other spaces"
    for number, form in enumerate(given):
        wants = facts(english[-1])
        may_lack = {"n", "number"} if number in TRANSLATED[language].single_forms and wanted > 1 else set()
        if facts(form) | may_lack != wants | may_lack:
            yield f"names the facts {sorted(facts(form))}, not {sorted(wants)}"


def faults(language: str, template: Catalog | None = None) -> list[str]:
    """Name everything that is wrong with a language's catalogue, in its order."""
    catalogue = read(language)
    found = []
    for message in template or extract():
        if message.id:
            kept = catalogue.get(message.id)
            same = kept is not None and kept.id == message.id
            wrong = sentence_faults(language, kept) if kept is not None and same else iter(["is not translated"])
            found += [f"{language}: “{_short(message)}” {fault}" for fault in wrong]
    mo = catalogue_file(language, "mo")
    if not mo.exists() or mo.read_bytes() != compiled(catalogue):
        found.append(f"{language}: the .mo file is not of this .po file; run: packaging/translations.py compile")
    return found


def _short(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return text if len(text) < 70 else f"{text[:67]}…"  # noqa: PLR2004 - a line of a terminal


def main() -> int:
    """Do one of the four things."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("extract", "update", "compile", "check"))
    what = parser.parse_args().what
    template = extract()
    if what == "extract":
        write_po(sys.stdout.buffer, template, sort_by_file=True, include_lineno=False, omit_header=True)
        return 0
    if what == "update":
        for language in LANGUAGES:
            write(language, updated(read(language), template))
    if what in {"update", "compile"}:
        for language in LANGUAGES:
            catalogue_file(language, "mo").write_bytes(compiled(read(language)))
    found = [fault for language in LANGUAGES for fault in faults(language, template)]
    print("\n".join(found) or f"{len(template)} sentences, in {len(LANGUAGES)} languages: all translated.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
