"""Sentences for people, kept as a text with named facts and put into words in the reader's language.

A sentence is written once, in English, with its facts named in braces: ``msg("{reference} is held.",
reference="ORD-00001")``. The catalogues of the other languages are gettext files in ``resources/i18n``.
"""

import gettext
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from warehouse_desk.common.json_text import quoted
from warehouse_desk.common.languages import ENGLISH, LANGUAGES, Language
from warehouse_desk.common.resources import resource_folder

_DOMAIN = "warehouse_desk"


class _Speaker:
    """The language of this process: one reader, hence one language."""

    language = ENGLISH


def set_language(code: str) -> None:
    """Choose the language in which messages are put into words from now on.

    Raises:
        ValueError: it is none of ours; a fault of the caller.
    """
    if code not in LANGUAGES:
        raise ValueError(f"unknown language {code!r}; known: {', '.join(LANGUAGES)}")
    _Speaker.language = LANGUAGES[code]


def current_language() -> Language:
    """Return the language chosen last."""
    return _Speaker.language


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(_DOMAIN, resource_folder("i18n"), [language], fallback=True)


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence: its English text, its facts, and the plural form where it counts something."""

    text: str
    params: Mapping[str, Any] = field(default_factory=dict)
    plural: str = ""
    context: str = ""
    """What tells a short word from the same word for another thing, such as ``status`` or ``column``."""

    def __str__(self) -> str:
        return self.in_language(_Speaker.language.code)

    def in_language(self, language: str) -> str:
        """Return the sentence in one language; facts that are messages themselves are translated too."""
        catalogue = _catalogue(language)
        if self.plural:
            template = catalogue.ngettext(self.text, self.plural, int(self.params["n"]))
        else:
            template = self._translated(catalogue) if self.text else ""
        if not self.params:
            return template
        return template.format_map({name: _in_language(value, language) for name, value in self.params.items()})

    def _translated(self, catalogue: gettext.NullTranslations) -> str:
        return catalogue.pgettext(self.context, self.text) if self.context else catalogue.gettext(self.text)

    def with_params(self, **params: object) -> "Message":
        """Return the same sentence about other facts."""
        return Message(self.text, {**self.params, **params}, self.plural, self.context)

    def to_json(self) -> str:
        """Return a text that :func:`message_from_json` reads back, for storage in any language."""
        if not self.params:
            return _bare_json(self.text, self.plural, self.context)
        facts = ",".join([f"{quoted(name)}:{_fact_json(value)}" for name, value in self.params.items()])
        return (
            f'{{"text":{quoted(self.text)},"params":{{{facts}}},"plural":{quoted(self.plural)}{_kept(self.context)}}}'
        )


def msg(text: str, context: str = "", /, **params: object) -> Message:
    """Make a sentence from its English text and the facts it names.

    ``context`` is for a short word that stands for two things, which other languages say in two words.
    """
    return Message(text, params, context=context)


def nmsg(singular: str, plural: str, n: int, /, **params: object) -> Message:
    """Make a sentence that counts ``n`` things."""
    return Message(singular, {"n": n, **params}, plural)


def tr(text: str, context: str = "", /, **params: object) -> str:
    """Put a text into words at once, in the current language."""
    return str(Message(text, params, context=context))


def listed(things: Iterable[object]) -> str:
    """Return things as a list in the current language, which also has its own comma."""
    return _Speaker.language.comma.join(map(str, things))


def message_from_json(stored: str) -> Message:
    """Read back what :meth:`Message.to_json` wrote."""
    return _message(json.loads(stored))


def _in_language(value: object, language: str) -> object:
    if isinstance(value, Message):
        return value.in_language(language)
    if isinstance(value, list | tuple):
        comma = LANGUAGES.get(language, ENGLISH).comma
        return comma.join(str(_in_language(item, language)) for item in value)
    return value


@lru_cache(maxsize=256)
def _bare_json(text: str, plural: str, context: str) -> str:
    """Return the JSON of a sentence without facts, as the names of statuses are."""
    return f'{{"text":{quoted(text)},"params":{{}},"plural":{quoted(plural)}{_kept(context)}}}'


def _kept(context: str) -> str:
    return f',"context":{quoted(context)}' if context else ""


def _fact_json(value: object) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Message):
        return value.to_json()
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_fact_json, value))}]"
    return json.dumps(value) if isinstance(value, int | float) or value is None else quoted(str(value))


def _message(stored: dict[str, Any]) -> Message:
    params = {name: _unplain(value) for name, value in stored["params"].items()}
    return Message(stored["text"], params, stored.get("plural", ""), stored.get("context", ""))


def _unplain(value: object) -> object:
    if isinstance(value, dict):
        return _message(value)
    if isinstance(value, list):
        return [_unplain(item) for item in value]
    return value
