"""Headings in the two languages of Moroccan paper, whatever the language of the window."""

from warehouse_desk.common.messages import Message

PAPER_LANGUAGES = ("fr", "ar")


def both(message: Message) -> tuple[str, str]:
    """Return a heading in French and in Arabic; the second is empty where both are the same."""
    first, second = (message.in_language(language) for language in PAPER_LANGUAGES)
    return first, second if second != first else ""


def first(message: Message) -> str:
    """Return a heading in the first language of paper."""
    return message.in_language(PAPER_LANGUAGES[0])
