"""One word for one thing: no catalogue uses a second word, and the pages are those of the terms."""

import importlib.util
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
TERMS = tomllib.loads((ROOT / "resources" / "i18n" / "terms.toml").read_text(encoding="utf-8"))
CODE_WORDS = re.compile(r"\{\w*\}|%\(\w+\)\w|--[\w-]+|warehouse-desk[\w -]*|https?://\S+|[\w./]+_[\w.]+")
"""Facts, options and commands: they are called what they are called."""


@cache
def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def never(language: str) -> Iterator[tuple[re.Pattern[str], str]]:
    """Yield the words that a language does not use, each with what to say instead."""
    for term in TERMS["term"]:
        for word in term.get("never", {}).get(language, ()):
            yield re.compile(word), term[language]
    for banned in TERMS["banned"]:
        if banned["language"] == language:
            for word in banned["words"]:
                yield re.compile(word), banned["why"]


def sentences(language: str) -> Iterator[tuple[str, str]]:
    """Yield the English of each sentence and a form of it in the language."""
    catalogue = tool("translations").extract() if language == "en" else tool("translations").read(language)
    for message in catalogue:
        if message.id:
            english = message.id if isinstance(message.id, str) else message.id[0]
            said = (message.id,) if isinstance(message.id, str) else message.id
            for form in said if language == "en" else tool("translations").forms(message):
                yield english, form.replace("&", "")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_no_second_word_is_used_for_a_thing(language: str) -> None:
    words = list(never(language))
    found = [
        f"“{english}” is “{form}”: not “{match[0]}” but {instead}"
        for english, form in sentences(language)
        for word, instead in words
        if (match := word.search(CODE_WORDS.sub("…", form)))
    ]
    assert found == []


def test_a_second_word_is_found() -> None:
    assert any(word.search("Donnez une raison") for word, _ in never("fr"))
    assert any(word.search("معبأ من قبل") for word, _ in never("ar"))


def test_every_term_is_said_in_every_language_once() -> None:
    for language in ("en", "fr", "ar"):
        said = [term[language] for term in TERMS["term"]]
        assert len(set(said)) == len(said)


def test_the_page_of_words_is_written_from_the_terms() -> None:
    assert (ROOT / "docs" / "words.md").read_text(encoding="utf-8") == tool("terms").page()


def test_the_template_holds_the_sentences_of_the_code() -> None:
    translations = tool("translations")
    assert translations.TEMPLATE.read_text(encoding="utf-8") == translations.template_text(translations.extract())
