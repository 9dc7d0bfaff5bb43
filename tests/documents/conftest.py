"""Headings in French and Arabic, independent of how far the program's catalogues are."""

import gettext
import io
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from warehouse_desk.common import messages

WORDS = Path(__file__).parent / "words"


def _catalogue(language: str) -> gettext.NullTranslations:
    source = WORDS / f"{language}.po"
    if not source.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


_CATALOGUES = {language: _catalogue(language) for language in messages.LANGUAGES}


@pytest.fixture(autouse=True)
def french_and_arabic_headings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "_catalogue", _CATALOGUES.__getitem__)
