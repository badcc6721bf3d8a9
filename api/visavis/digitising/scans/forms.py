"""Which labels a sheet may bear: those that its table lists, and those of the form that its labels have.

A form is what stands before and after a label's number, and how many figures that number has: `C01` to `C99`,
`1` to `999`. It is learned from labels that were read without it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from visavis.digitising.tables import same_label

_NUMBERED: Final = re.compile(r"(?P<before>[A-Z][A-Z0-9]{0,3}?[-./ ]?|)(?P<number>\d{1,4})(?P<after>[A-Z]?)")
_LEAST_SHARE: Final = 0.1
_LEAST_COUNT: Final = 2
_MOST_FIGURES: Final = 3


@dataclass(frozen=True)
class Form:
    """What labels are made of: `before`, a number of `figures` figures, `after`.

    `filled` says that zeros fill the number up to its figures; else it has so many at most.
    """

    before: str
    figures: int
    filled: bool
    after: str

    def labels(self) -> tuple[str, ...]:
        """Return all labels of this form."""
        width = self.figures if self.filled else 1
        return tuple(
            f"{self.before}{number:0{width}d}{self.after}"
            for number in range(0 if self.filled else 1, 10**self.figures)
        )


def is_label_like(text: str) -> bool:
    """Return whether a text is a number with a few letters about it."""
    return _NUMBERED.fullmatch(text) is not None


def forms_of(texts: Iterable[str]) -> tuple[Form, ...]:
    """Return the forms that a fair share of some labels has, each of which may be misread."""
    parts = [
        found.group("before", "number", "after") for text in texts if (found := _NUMBERED.fullmatch(text))
    ]
    often = Counter((before, after) for before, _, after in parts)
    forms = []
    for (before, after), count in often.most_common():
        if count < max(_LEAST_COUNT, _LEAST_SHARE * len(parts)):
            break
        numbers = [number for b, number, a in parts if (b, a) == (before, after)]
        lengths = Counter(map(len, numbers))
        figures = max(n for n, seen in lengths.items() if seen >= _LEAST_SHARE * count)
        filled = any(number.startswith("0") for number in numbers) or (figures > 1 and len(lengths) == 1)
        forms.append(Form(before, min(figures, _MOST_FIGURES), filled, after))
    return tuple(forms)


def possible_labels(listed: Collection[str], read: Sequence[str]) -> tuple[str, ...]:
    """Return the labels that a sheet may bear, as they would be printed.

    Parameters
    ----------
    listed : collection of str
        What the table lists; the sheet may fill the same numbers up with zeros.
    read : sequence of str
        What some labels of the sheet read as.
    """
    forms = forms_of(read)
    if not listed:
        return tuple(dict.fromkeys(label for form in forms for label in form.labels()))
    names = {same_label(label) for label in listed}
    printed = [label for form in forms for label in form.labels() if same_label(label) in names]
    missing = [label for label in listed if same_label(label) not in {same_label(text) for text in printed}]
    return tuple(dict.fromkeys([*printed, *("".join(label.split()) for label in missing)]))
