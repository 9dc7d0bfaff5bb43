"""Which language the command line speaks."""

import os
import re
from collections.abc import Sequence

from warehouse_desk.common.languages import ENGLISH, LANGUAGES
from warehouse_desk.common.messages import set_language

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where POSIX names the language, first one first."""


def language_option(argv: Sequence[str]) -> str:
    """Return the value of ``--lang``, empty where it is not given, before anything else is read: help speaks it too."""
    for index, word in enumerate(argv):
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and index + 1 < len(argv):
            return argv[index + 1]
    return ""


def use_language(language: str) -> None:
    """Speak a language; where it is none of ours (``auto``), the environment's, and where that is none, English."""
    if language not in LANGUAGES:
        named = next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), "")
        language = re.split("[_.@]", named)[0].lower()
    set_language(language if language in LANGUAGES else ENGLISH.code)
