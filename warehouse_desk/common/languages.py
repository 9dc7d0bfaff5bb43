"""The languages of the program: each is one entry here and one catalogue in ``resources/i18n``, and nothing else."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What differs from one language to the next besides its sentences."""

    code: str
    """ISO 639, which also names the folder of its catalogue and Qt's own words."""
    name: str
    """Its name in itself: who cannot read the present language finds the way to their own."""
    locale: str
    """Qt's name of the country whose days, months and digits it has."""
    plurals: str = ""
    """Gettext's rule of its plural forms; empty for the language in which the sentences are written."""
    single_forms: tuple[int, ...] = ()
    """Plural forms that stand for one number alone and hence need not write it."""
    right_to_left: bool = False
    decimal_sign: str = ","
    percent: str = "{number}\u202f%"
    comma: str = ", "
    """What stands between the things of a list."""

    @property
    def delimiter(self) -> str:
        """What Excel expects between the cells of a text file where the language is spoken."""
        return ";" if self.decimal_sign == "," else ","


ENGLISH = Language(code="en", name="English", locale="en_GB", decimal_sign=".", percent="{number}%")
"""The language of the sentences in the code, and of whatever another language lacks."""

LANGUAGES: dict[str, Language] = {
    each.code: each
    for each in (
        # Morocco writes its numbers with Western digits and its dates day first; so does British English.
        Language(code="fr", name="Français", locale="fr_MA", plurals="nplurals=2; plural=(n > 1)"),
        Language(
            code="ar",
            name="العربية",
            locale="ar_MA",
            plurals="nplurals=6;"
            " plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
            single_forms=(0, 1, 2),
            right_to_left=True,
            comma="، ",
        ),
        ENGLISH,
    )
}
"""By their codes, in the order in which they are offered."""
