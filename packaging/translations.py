"""Keep the catalogues of ``resources/i18n`` in step with the sentences in the code.

    python packaging/translations.py update     take over new sentences; say which are still to be translated
    python packaging/translations.py compile    write the .mo files that the program reads
    python packaging/translations.py check      name every fault; exit status 1 if there is one
    python packaging/translations.py extract    show the sentences of the code, with their files

``update`` also writes the template (``.pot``) that a translation platform takes, with what the facts look like, and the
terms of ``terms.toml`` at the head of each catalogue.

A sentence that leaves the code is kept at the end of its catalogue (``#~``) and is taken up again when it returns.
"""

import argparse
import ast
import re
import sys
import tomllib
from collections.abc import Container, Iterator
from datetime import UTC, datetime
from functools import cache
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
KEYWORDS = {"msg": None, "nmsg": (1, 2), "tr": None, "Message": None, "in context": (1, (2, "c"))}
IN_CONTEXT = "in context"
"""Stands for ``msg`` and ``tr`` with two texts: the sentence, and what tells it from the same words elsewhere."""
I18N = ROOT / "resources" / "i18n"
TEMPLATE = I18N / "warehouse_desk.pot"
NOTES = {
    "fr": "Keep the {facts} as they are; a no-break space stands before : ; ? ! % » and after «.",
    "ar": """\
Keep the {facts} as they are. A sentence that begins with a fact begins with a right-to-left mark (U+200F):
it is then laid out from the right also when the fact is Latin. An --option has a left-to-right mark (U+200E) before it.
Plural forms: none, one, two, 3 to 10, 11 to 99, the others.""",
}
"""What a translator of the language must know besides the terms."""
LICENCE = "This file is distributed under the licence of Warehouse Desk (MIT, see LICENSE)."
ITS_OWN = "common/messages.py"  # defines the keywords; what stands there is no sentence
NOBODY = ('"Report-Msgid-Bugs-To', '"Last-Translator', '"Language-Team')
"""Headers that Babel fills with made-up addresses."""
SAME = {
    "*": {"192.168.1.50:9100", "PDF (*.pdf)", "PDF (*.pdf);;Zebra (*.zpl)", "Warehouse Desk", "…", "{n} × {name}"},
    "fr": {"Badge", "Badges", "Administration", "minutes", "{amount}\u00a0DH", "{label} ({unit})",
        "Code", "Date", "E-mail", "Exports", "F&ormat", "Format", "Mode", "OK", "PIN", "options", "SCANNER",
        "SKU", "Scanner",
        "Total", "&Code", "&Date", "&Note", "&SKU", "{action} · {orders}", "{action} · {reference}", "{parcel}. {said}",
    },
    "ar": {"{label} ({unit})",
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
    for file, _, message, _, context in extract_from_dir(folder, [("**.py", _calls)], keywords=KEYWORDS):
        if file != ITS_OWN:
            template.add(message, locations=[(f"warehouse_desk/{file}", None)], context=context)
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
            if node.func.id in {"msg", "tr"} and len(said) > 1:
                yield node.lineno, IN_CONTEXT, said, []
            else:
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
        header_comment=_head(str(old.locale)),
        creation_date=old.creation_date,
        revision_date=old.revision_date,
        fuzzy=False,
    )
    new.mime_headers = [("Plural-Forms", TRANSLATED[str(old.locale)].plurals)]
    known = {key_of(message): message for message in [*old.obsolete.values(), *old] if message.id}
    for message in template:
        if message.id:
            before = known.pop(key_of(message), None)
            string = before.string if before else ""
            places = sorted(set(message.locations))
            new.add(message.id, string, locations=places, context=message.context, auto_comments=looks(message))
    new.obsolete = {new._key_for(m.id, m.context): _bare(m) for m in known.values() if all(forms(m))}  # noqa: SLF001
    return new


def key_of(message: Message) -> tuple[object, str]:
    """Return what tells a sentence from all others: its English and its context."""
    return message.id, message.context or ""


def _bare(message: Message) -> Message:
    return Message(message.id, message.string, context=message.context)


@cache
def _terms() -> list[dict[str, str]]:
    return tomllib.loads((I18N / "terms.toml").read_text(encoding="utf-8"))["term"]


@cache
def samples() -> dict[str, str]:
    """Return what the facts look like."""
    return tomllib.loads((I18N / "samples.toml").read_text(encoding="utf-8"))


def _head(language: str) -> str:
    """Return the notes at the head of a catalogue: what it is, how it is written, its terms."""
    name = TRANSLATED[language].name if language in TRANSLATED else language
    terms = [f"{term['en']} = {term[language]}" for term in _terms() if language in term]
    told = ["", "Words (keep them the same everywhere; docs/words.md says why)", *terms] if terms else []
    return "\n".join(
        f"# {line}".rstrip()
        for line in (f"Warehouse Desk: {name}", LICENCE, "", *NOTES.get(language, "").splitlines(), *told)
    )


def looks(message: Message) -> list[str]:
    """Return the comment of a sentence: what its facts look like."""
    texts = (message.id,) if isinstance(message.id, str) else message.id
    named = sorted({fact for text in texts for fact in facts(text)} & samples().keys())
    return [f"{{{fact}}}: {samples()[fact]}" for fact in named]


def template_text(template: Catalog) -> str:
    """Return the template that a new language, or a translation platform, begins with."""
    blank = Catalog(project="Warehouse Desk", version="0.1.0", fuzzy=False)
    blank.header_comment = _head("template")
    for message in template:
        if message.id:
            places = sorted(set(message.locations))
            blank.add(message.id, "", locations=places, context=message.context, auto_comments=looks(message))
    return "".join(line for line in _written(blank) if not line.startswith((*NOBODY, '"POT-Creation', '"PO-Revision')))


def write_template(template: Catalog) -> None:
    """Write the ``.pot`` file."""
    TEMPLATE.write_text(template_text(template), encoding="utf-8", newline="\n")


def _written(catalogue: Catalog) -> list[str]:
    out = BytesIO()
    write_po(out, catalogue, width=110, sort_by_file=True, include_lineno=False)
    return out.getvalue().decode().splitlines(keepends=True)


def write(language: str, catalogue: Catalog) -> None:
    """Write a language's catalogue, sorted by file and without line numbers."""
    old = read(language) if catalogue_file(language, "po").exists() else None
    if old is None or _content(old) != _content(catalogue):
        catalogue.revision_date = datetime.now(UTC).replace(second=0, microsecond=0)
    path = catalogue_file(language, "po")
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = (line for line in _written(catalogue) if not line.startswith(NOBODY))
    path.write_text("".join(kept), encoding="utf-8", newline="\n")


def _content(catalogue: Catalog) -> dict[object, object]:
    return {key_of(message): message.string for message in catalogue if message.id}


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
            kept = catalogue.get(message.id, message.context)
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
        write_template(template)
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
