"""The words on a portable map, as HTML: everything that comes from data is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from visavis.layers import LAYERS, Layer
from visavis.layers.legend import legend
from visavis.model.provenance import BuildRecord, Source

# The less sure, the paler: beside the line, which is whole, dashed or dotted.
OPACITY: Final = {"solid": 1.0, "hatched": 0.45, "dotted": 0.2}
_LINES: Final = {"solid": "solid", "hatched": "dashed", "dotted": "dotted"}

# The map stands beside the legend; on a narrow screen under it.
_STYLE: Final = """<style>
.visavis { position: absolute; z-index: 1000; inset: 0 auto 0 0; width: 20rem; box-sizing: border-box;
  overflow: auto; padding: .8em 1em; font: 14px/1.4 system-ui, sans-serif; color: #1c1f24; background: #fffdf8; }
.folium-map { left: 20rem !important; width: calc(100% - 20rem) !important; }
@media (max-width: 45em) {
  .visavis { inset: auto 0 0 0; width: auto; height: 35%; }
  .folium-map { left: 0 !important; width: 100% !important; height: 65% !important; }
}
.visavis h2 { font-size: 1em; margin: .8em 0 .2em; }
.visavis ul { list-style: none; margin: 0; padding: 0; }
.visavis i { display: inline-block; width: 1.2em; height: .8em; margin-right: .5em; border: 1px solid #8d8778; }
.visavis-mark { margin: 0 0 .8em; padding: .4em .6em; font-weight: 600; background: #f3e4cd; }
.visavis-row { margin: 0; display: grid; grid-template-columns: auto 1fr; gap: 0 .8em; }
.visavis-row dt { color: #5c6067; } .visavis-row dd { margin: 0; overflow-wrap: anywhere; }
.leaflet-container { background: #f4f2ec; }
@media (max-width: 45em) { .leaflet-control-layers { font-size: 11px; margin: 4px !important; } }
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
        rows.append(f"<dt>{_text(name)}</dt><dd>{_text(told)}</dd>")
    head = f"<strong>{_text(layer.title.en)} · {_text(layer.title.fr)}</strong>"
    return f'{head}<dl class="visavis-row">{"".join(rows)}</dl>'


def frame_html(record: BuildRecord, drawn: Sequence[str]) -> str:
    """Return what stands around the map: the mark of an invented place, the legend, the sources."""
    mark = ""
    if record.mark is not None:
        told = f"{record.mark.en} · {record.mark.fr}" if record.invented_in else _INVENTED
        mark = f'<p class="visavis-mark">{_text(told)}</p>'
    legends = "".join(_legend(LAYERS[name]) for name in reversed(drawn))
    sources = "".join(f"<li>{_source(source)}</li>" for source in record.sources)
    built = f"{record.software}, {record.built_at:%Y-%m-%d}, build {record.build_id}"
    return (
        f'{_STYLE}<aside class="visavis">{mark}<p>{_TO_BE_CHECKED}</p>{legends}'
        f"<h2>Sources</h2><ul>{sources}</ul><p>{_text(built)}</p></aside>"
    )


def _legend(layer: Layer) -> str:
    entries = "".join(
        f'<li><i style="{_patch(entry)}"></i>{_text(entry["en"])} · {_text(entry["fr"])}{_newer(entry)}</li>'
        for entry in legend().get(layer.name, [])
    )
    return f"<h2>{_text(layer.title.en)} · {_text(layer.title.fr)}</h2><ul>{entries}</ul>"


def _patch(entry: dict[str, str]) -> str:
    """Return the style of a legend's patch, which looks as what it stands for does on the map."""
    alpha = round(255 * OPACITY[entry["pattern"]])
    colour = _text(entry["colour"])
    return f"background:{colour}{alpha:02x};border:2px {_LINES[entry['pattern']]} {colour}"


def _newer(entry: dict[str, str]) -> str:
    """Return the levels of the newer scale that begin within an older one."""
    told = [entry[key] for key in ("newer_en", "newer_fr") if key in entry]
    return f" ({_text(' · '.join(['IEC 62676-4:2025', *told]))})" if told else ""


def _source(source: Source) -> str:
    told = [source.title, source.attribution, source.licence, *([source.url] if source.url else [])]
    return _text(", ".join(dict.fromkeys(told)))


def _text(value: str) -> str:
    """Escape for HTML, and braces too: folium reads what it has rendered once more as a Jinja template."""
    return escape(value).replace("{", "&#123;").replace("}", "&#125;")
