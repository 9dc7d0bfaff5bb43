"""Write the page of terms from ``resources/i18n/terms.toml``.

``python packaging/terms.py > docs/words.md``; a test compares the page with it.
"""

import tomllib
from pathlib import Path

TERMS = Path(__file__).resolve().parent.parent / "resources" / "i18n" / "terms.toml"
_HEAD = """\
# Words

One word for one thing, and one thing for one word, in each language. Labels are read from two metres: a second word
costs a second look. This page is written from `resources/i18n/terms.toml` (`python packaging/terms.py >
docs/words.md`), which also stands at the head of each catalogue and names the words that a test keeps out. How a
sentence is built says [How we write](writing.md).

| English | French | Arabic | why |
| --- | --- | --- | --- |
"""


def page() -> str:
    """Return the whole page in Markdown."""
    terms = tomllib.loads(TERMS.read_text(encoding="utf-8"))["term"]
    rows = [f"| {term['en']} | {term['fr']} | {term['ar']} | {term['why'] or '-'} |" for term in terms]
    return _HEAD + "\n".join([*rows, ""])


if __name__ == "__main__":
    print(page(), end="")
