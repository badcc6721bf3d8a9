"""The papers and the annexes of a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from visavis.evidence.report_blocks import Blocks
from visavis.evidence.report_words import say
from visavis.model.provenance import BuildRecord
from visavis.model.vocabulary import (
    AGREEMENTS,
    ANSWERS,
    CAMERA_KINDS,
    DEADLINES,
    DOCUMENT_STATUSES,
    QUESTIONS,
    REQUEST_KINDS,
    SPACE_KINDS,
    STANDINGS,
    SURENESSES,
)
from visavis.readers.reference import read_rules

Frames = Callable[[str], pd.DataFrame]

# Rows of an annex; the layers hold the others.
MOST_ROWS: Final = 400


def add_papers(blocks: Blocks, frame: Frames, lang: str) -> None:
    """Add what was asked, given, claimed and kept back."""
    blocks.new_page()
    blocks.heading(say("papers", lang))
    blocks.table(
        say("requests", lang),
        [say(each, lang) for each in ("request", "asked_on", "due_on", "answered_on", "deadline")],
        [
            [
                f"{getattr(REQUEST_KINDS[r['kind']], lang)}, {r['asked_of']}",
                *(_text(r[day]) for day in ("asked_on", "due_on", "answered_on")),
                getattr(DEADLINES[r["deadline"]], lang),
            ]
            for r in _rows(frame("requests"))
        ],
        [3, 1, 1, 1, 2],
    )
    blocks.table(
        say("questions", lang),
        [say(each, lang) for each in ("question", "answer", "reason")],
        [
            [
                q[f"question_{lang}"],
                " ".join([getattr(ANSWERS[q["answer"]], lang), _text(q[f"summary_{lang}"])]).strip(),
                _joined(q["reason"], q["legal_basis"]),
            ]
            for q in sorted(_rows(frame("questions")), key=lambda q: (q["disclosure_id"], _order(q["code"])))
        ],
        [3, 3, 2],
    )
    blocks.table(
        say("documents", lang),
        [say(each, lang) for each in ("document", "status", "date", "reason", "digest")],
        [
            [
                d["title"],
                getattr(DOCUMENT_STATUSES[d["status"]], lang),
                _text(d["date"]),
                _joined(d["reason"], d["legal_basis"]),
                _digest(d["sha256"]),
            ]
            for d in _rows(frame("documents"))
        ],
        [3, 2, 1.1, 2, 2],
    )
    blocks.table(
        say("withheld", lang),
        [say(each, lang) for each in ("count", "what", "authority", "reason")],
        [
            [str(w["cameras"]), w["what"], w["authority"], _joined(w["reason"], w["legal_basis"])]
            for w in _rows(frame("withheld"))
        ],
        [1, 3, 3, 3],
    )
    blocks.table(
        say("compared", lang),
        [say(each, lang) for each in ("subject", "claimed", "computed", "observed", "agreement")],
        [
            [
                c[f"title_{lang}"],
                _text(c["claimed"]),
                _text(c["computed"]),
                _text(c["observed"]),
                getattr(AGREEMENTS[c["agreement"]], lang),
            ]
            for c in _rows(frame("comparisons"))
        ],
        [3, 2, 1, 1, 3],
    )
    _rules(blocks, frame, lang)


def add_annexes(blocks: Blocks, frame: Frames, record: BuildRecord, lang: str) -> None:
    """Add every building and camera, the doubts, and the sources of the build."""
    blocks.new_page()
    blocks.heading(say("annexes", lang))
    buildings = frame("exposed_buildings").sort_values("building_id")
    _long(
        blocks,
        say("all_buildings", lang),
        [say(each, lang) for each in ("building", "kind", "count", "sureness", "probability")],
        [
            [
                _text(b["address"]) or _text(b["name"]) or b["building_id"],
                getattr(SPACE_KINDS[b["kind"]], lang),
                str(b["cameras"]),
                getattr(SURENESSES[b["sureness"]], lang),
                _figure(b["probability"], lang),
            ]
            for b in _rows(buildings.head(MOST_ROWS))
        ],
        [4, 3, 1, 1.3, 1.3],
        len(buildings),
        lang,
    )
    cameras = frame("cameras").sort_values("camera_id")
    _long(
        blocks,
        say("all_cameras", lang),
        [say(each, lang) for each in ("camera", "kind", "place", "direction", "height", "read")],
        [
            [
                _text(c["label"]) or c["camera_id"],
                getattr(CAMERA_KINDS[c["kind"]], lang),
                f"{c['geometry'].y:.5f}, {c['geometry'].x:.5f} ± {_figure(c['position_sd_m'], lang)} m",
                say("unknown", lang)
                if pd.isna(c["azimuth_deg"])
                else f"{c['azimuth_deg']:.0f}° ± {_figure(c['azimuth_sd_deg'], lang)}°",
                f"{_figure(c['height_m'], lang)} ± {_figure(c['height_sd_m'], lang)} m",
                getattr(STANDINGS[c["standing"]], lang),
            ]
            for c in _rows(cameras.head(MOST_ROWS))
        ],
        [1, 2, 3, 1.6, 1.6, 2],
        len(cameras),
        lang,
    )
    blocks.heading(say("doubts", lang), 3)
    blocks.items([f[f"text_{lang}"] for f in _rows(frame("findings").head(MOST_ROWS))])
    blocks.table(
        say("sources", lang),
        [say(each, lang) for each in ("source", "licence", "digest")],
        [
            [
                f"{s.title}; {s.attribution}",
                s.licence,
                _digest(s.sha256),
            ]
            for s in record.sources
        ],
        [4, 2, 2.2],
    )


def _rules(blocks: Blocks, frame: Frames, lang: str) -> None:
    told = frame("exposures")["rule_ids"].dropna().astype("str").str.split(";").explode()
    told = pd.concat(
        [told, frame("plate_readings")["rule_ids"].dropna().astype("str").str.split(";").explode()]
    )
    rules = read_rules()
    blocks.table(
        say("rules", lang),
        [say("rule", lang), say("says", lang)],
        [
            [
                f"{_text(r['instrument_fr']) or r['instrument'] if lang == 'fr' else r['instrument']}, {r['article']}",
                r[f"summary_{lang}"],
            ]
            for r in _rows(rules[rules["rule_id"].isin(set(told))])
        ],
        [1, 2.4],
    )


def _long(
    blocks: Blocks,
    caption: str,
    head: list[str],
    rows: list[list[str]],
    widths: list[float | str],
    count: int,
    lang: str,
) -> None:
    blocks.heading(caption, 3)
    blocks.table(caption, head, rows, widths)
    if count > len(rows):
        blocks.text(say("left_out", lang, count=count - len(rows)))


def _order(code: str) -> int:
    """Return the place of a question: the six in their order, then others."""
    return list(QUESTIONS).index(code) if code in QUESTIONS else len(QUESTIONS)


def _rows(table: pd.DataFrame) -> list[dict[Any, Any]]:
    return table.to_dict("records")


def _joined(*texts: Any) -> str:
    return "; ".join(_text(each) for each in texts if _text(each))


def _digest(sha256: Any) -> str:
    """Return a digest in pieces, so that a line can break."""
    told = _text(sha256)
    return " ".join(told[at : at + 16] for at in range(0, len(told), 16))


def _text(value: Any) -> str:
    if value is None or pd.isna(value):
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _figure(value: Any, lang: str) -> str:
    if pd.isna(value):
        return "?"
    told = f"{value:.2f}".rstrip("0").rstrip(".")
    return told.replace(".", ",") if lang == "fr" else told
