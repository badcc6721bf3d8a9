"""What only the person who writes can know: blanks that stay visible in the letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, Literal

from visavis.letters.wording import typeset
from visavis.model.days import months_later
from visavis.model.vocabulary import Word

Type = Literal["line", "lines", "date", "time"]


@dataclass(frozen=True)
class Computed:
    """A day that follows from another blank's: so many months, or days, later."""

    of: str
    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """Return the day that follows from `day`."""
        return months_later(day, self.months) + timedelta(days=self.days)


@dataclass(frozen=True)
class Blank:
    """A place to fill in.

    Parameters
    ----------
    name : str
    label : Word
        What belongs there; the letter shows it in square brackets.
    type : str
        A line, several lines, a date or a time of day.
    computed : Computed, optional
        How it follows from another blank, under the rule that the letter cites.
    """

    name: str
    label: Word
    type: Type = "line"
    computed: Computed | None = None

    def shown(self, lang: str) -> str:
        """Return how it stands in a letter in ``en`` or ``fr``."""
        return typeset(f"[{getattr(self.label, lang)}]", lang)


def _blanks(*declared: Blank) -> Mapping[str, Blank]:
    return MappingProxyType({each.name: each for each in declared})


BLANKS: Final = _blanks(
    Blank("name", Word("your name", "vos nom et prénom")),
    Blank("address", Word("your address", "votre adresse"), "lines"),
    Blank("email", Word("your e-mail address", "votre adresse électronique")),
    Blank("authority_address", Word("address of the authority", "adresse de l'autorité"), "lines"),
    Blank("supervisor", Word("supervisory authority", "autorité de contrôle")),
    Blank("supervisor_address", Word("its address", "son adresse"), "lines"),
    Blank("appeal_body", Word("body that hears the appeal", "organe de recours")),
    Blank("appeal_address", Word("its address", "son adresse"), "lines"),
    Blank("place", Word("place", "lieu")),
    Blank("date", Word("date", "date"), "date"),
    Blank("legal_basis", Word("legal basis, to be looked up", "fondement juridique, à rechercher")),
    Blank(
        "asked_on",
        Word("day on which your request was received", "jour de réception de votre demande"),
        "date",
    ),
    Blank("refused_on", Word("day of the refusal", "jour du refus"), "date"),
    Blank("refusal", Word("reason given for the refusal", "motif donné au refus"), "lines"),
    Blank("filmed_on", Word("day on which you were filmed", "jour où vous avez été filmé"), "date"),
    Blank("filmed_from", Word("time, from", "heure, de"), "time"),
    Blank("filmed_to", Word("time, to", "heure, à"), "time"),
    Blank("erased_on", Word("day on which the recording is erased", "jour de l'effacement"), "date"),
    Blank(
        "recognised_by",
        Word(
            "how to find you in the picture: place, clothing",
            "ce qui vous fait reconnaître : lieu, vêtements",
        ),
        "lines",
    ),
    Blank("dwelling", Word("address of the dwelling concerned", "adresse du logement concerné"), "lines"),
    Blank(
        "tried",
        Word("what you asked the authority, and when", "vos démarches auprès du responsable, et leurs dates"),
        "lines",
    ),
)
