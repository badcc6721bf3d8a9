"""The words on a portable map, as HTML: everything that comes from data is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from visavis.layers import LAYERS, Layer
from visavis.layers.legend import legend
from visavis.model.provenance import BuildRecord, Source

_STYLE: Final = """<style>
.visavis { position: absolute; z-index: 1000; font: 13px/1.4 system-ui, sans-serif; color: #1c1f24;
  background: #fffffff2; border: 1px solid #c9c4b8; border-radius: 4px; padding: .5em .8em; }
.visavis-mark { top: 10px; left: 50%; transform: translateX(-50%); font-weight: 600; }
.visavis-legend { left: 10px; bottom: 30px; max-width: 24em; max-height: 60%; overflow: auto; }
.visavis-legend h2 { font-size: 1em; margin: .6em 0 .2em; }
.visavis-legend ul { list-style: none; margin: 0; padding: 0; }
.visavis-legend i { display: inline-block; width: 1.2em; height: .8em; margin-right: .5em; }
.visavis-legend summary { font-weight: 600; cursor: pointer; }
.visavis-row { margin: 0; display: grid; grid-template-columns: auto 1fr; gap: 0 .8em; }
.visavis-row dt { color: #6a6e75; } .visavis-row dd { margin: 0; overflow-wrap: anywhere; }
</style>"""

_INVENTED: Final = "Invented place, no real camera · Lieu inventé, aucune caméra réelle"
_TO_BE_CHECKED: Final = (
    "What a camera could view, to be checked on site · Ce qu'une caméra pourrait voir, à vérifier sur place"
)


def label_html(layer: Layer, properties: Mapping[str, Any]) -> str:
    """Return what a popup says of a feature: every column that has a value, with its unit."""
    words = {entry["code"]: entry for entry in legend().get(layer.name, [])}
    rows = []
    for name, value in properties.items():
        if value is None or name not in layer.table.columns:
            continue
        unit = layer.table.unit(name)
        told = str(value) if unit in (None, "1", "count") else f"{value} {unit}"
        if name == layer.coloured_by and value in words:
            told = f"{words[value]['en']} · {words[value]['fr']}"
        meaning = layer.table.columns[name].description or ""
        rows.append(f'<dt title="{_text(meaning)}">{_text(name)}</dt><dd>{_text(told)}</dd>')
    head = f"<strong>{_text(layer.title.en)} · {_text(layer.title.fr)}</strong>"
    return f'{head}<dl class="visavis-row">{"".join(rows)}</dl>'


def frame_html(record: BuildRecord, drawn: Sequence[str]) -> str:
    """Return what stands around the map: the mark of an invented place, the legend, the sources."""
    mark = f'<p class="visavis visavis-mark">{_INVENTED}</p>' if record.invented else ""
    legends = "".join(_legend(LAYERS[name]) for name in reversed(drawn))
    sources = "".join(f"<li>{_source(source)}</li>" for source in record.sources)
    built = f"{record.software}, {record.built_at:%Y-%m-%d}, build {record.build_id}"
    return (
        f'{_STYLE}{mark}<details open class="visavis visavis-legend">'
        f"<summary>Legend · Légende</summary><p>{_TO_BE_CHECKED}</p>{legends}"
        f"<h2>Sources</h2><ul>{sources}</ul><p>{_text(built)}</p></details>"
    )


def _legend(layer: Layer) -> str:
    entries = "".join(
        f'<li><i style="background:{_text(entry["colour"])}"></i>'
        f"{_text(entry['en'])} · {_text(entry['fr'])}</li>"
        for entry in legend().get(layer.name, [])
    )
    return f"<h2>{_text(layer.title.en)} · {_text(layer.title.fr)}</h2><ul>{entries}</ul>"


def _source(source: Source) -> str:
    told = [source.title, source.attribution, source.licence, *([source.url] if source.url else [])]
    return _text(", ".join(dict.fromkeys(told)))


def _text(value: str) -> str:
    """Escape for HTML, and braces too: folium reads what it has rendered once more as a Jinja template."""
    return escape(value).replace("{", "&#123;").replace("}", "&#125;")
