"""What a file says of itself, whatever its format: where its rows come from, and what may be said of them."""

from __future__ import annotations

import json
from typing import Any, Final

from visavis.exports.part import Part
from visavis.layers import short_names
from visavis.model.vocabulary import Word

TO_BE_CHECKED: Final = Word(
    "Says what a camera could view, to be checked on site.",
    "Dit ce qu'une caméra pourrait voir, à vérifier sur place.",
)


def members(part: Part) -> dict[str, Any]:
    """Return title, licence, attribution, sources, date and marks, as plain JSON."""
    record = part.record
    layer = part.layer
    return {
        "name": layer.name,
        "title": layer.title.en,
        "description": layer.description.en,
        "licence": "; ".join(dict.fromkeys(source.licence for source in record.sources)),
        "attribution": "; ".join(dict.fromkeys(source.attribution for source in record.sources)),
        **({"part": part.told} if part.told else {}),
        "statement": TO_BE_CHECKED.en,
        **record.as_dict(),
    }


def entries(part: Part) -> dict[str, str]:
    """Return the same as names and texts, for formats that keep no more than that."""
    told = members(part)
    texts = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
        for name, value in told.items()
        if name != "invented"
    }
    mark = part.record.mark
    return texts | {"invented": "no" if mark is None else f"yes. {mark.en}"}


def summary(part: Part) -> str:
    """Return one paragraph in English: what it is, from whom, under which licence, of when."""
    told = members(part)
    return " ".join(
        [
            *([] if part.record.mark is None else [part.record.mark.en]),
            told["description"],
            *([f"Part of the layer: {part.told}."] if part.told else []),
            TO_BE_CHECKED.en,
            f"Licence: {told['licence'] or 'none stated'}.",
            f"Source: {told['attribution'] or 'none stated'}.",
            f"Built {told['built_at'][:10]} by {told['software']}, build {told['build_id']}.",
        ]
    )


def readme(part: Part, notes: tuple[Word, ...] = (), *, shortened: bool = False) -> str:
    """Return a text to lie beside a file: origin, doubts of the format, and what each column means.

    Parameters
    ----------
    notes : tuple of Word
        What the format could not hold as it was.
    shortened : bool
        Whether the columns bear their short names in the file.
    """
    layer, record = part.layer, part.record
    marks = [] if record.mark is None else [record.mark]
    lines = [
        f"{layer.title.en} · {layer.title.fr}",
        "",
        f"{layer.description.en}\n{layer.description.fr}",
        *(f"{mark.en}\n{mark.fr}" for mark in (*marks, TO_BE_CHECKED)),
        *([f"Part of the layer · Partie de la couche : {part.told}"] if part.told else []),
        "",
        f"Built · Établi : {record.built_at:%Y-%m-%d}, {record.software}, build {record.build_id}",
        "Sources :",
        *(
            f"- {', '.join(dict.fromkeys(text for text in (s.title, s.attribution, s.licence, s.url) if text))}"
            for s in record.sources
        ),
        *(["", "Notes :", *(f"- {note.en}\n  {note.fr}" for note in notes)] if notes else []),
        "",
        "Columns · Colonnes :",
        *_columns(part, shortened),
    ]
    return "\n".join(lines) + "\n"


def _columns(part: Part, shortened: bool) -> list[str]:
    table = part.layer.table
    told = []
    for name, short in short_names(table).items():
        unit = table.unit(name)
        within = "" if unit in (None, "1", "count") else f" [{unit}]"
        named = f"{short} ({name})" if shortened and short != name else name
        told.append(f"- {named}: {table.columns[name].description}{within}")
    return told
