"""The page of settings says what their tables say."""

from tests.architecture.source import ROOT
from warehouse_desk.cli.settings_page import settings_page


def test_the_page_is_current() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_page()


def test_the_readme_leads_to_the_page() -> None:
    assert "(docs/settings.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
