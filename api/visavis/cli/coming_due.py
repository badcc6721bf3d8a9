"""The command that lists what is due."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from visavis import __version__
from visavis.cli.telling import Json, tell, tell_problems
from visavis.model.errors import UsageError


def due(
    dossiers: Annotated[list[Path], typer.Argument(help="Dossier folders.")],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of which day; today unless told.")
    ] = None,
    ics: Annotated[Path | None, typer.Option(help="Write it as a calendar, too: x.ics.")] = None,
    lang: Annotated[str, typer.Option(help="Its words: en or fr.")] = "en",
    every: Annotated[bool, typer.Option("--all", help="Also what is too late.")] = False,
    as_json: Json = False,
) -> None:
    """List what has to be sent or answered by when."""
    from visavis.disclosures import steps_of
    from visavis.exports.agenda import as_calendar
    from visavis.model.vocabulary import STEPS
    from visavis.readers.looking import look_at
    from visavis.readers.reference import read_rules
    from visavis.store import write_whole

    if lang not in ("en", "fr"):
        raise UsageError(f"there are no words in {lang!r}", remedy="Choose en or fr")
    day = datetime.now(UTC).date() if on is None else on.date()
    rules, steps = read_rules(), []
    for folder in dossiers:
        looked = look_at(folder)
        if looked.record is None or looked.problems:
            tell_problems(str(folder), looked.problems, as_json)
        steps += steps_of(looked.record, rules, day)
    lapsed = [step for step in steps if step.lapsed(day)]
    shown = steps if every else [step for step in steps if step not in lapsed]
    shown.sort(key=lambda step: (step.by is None, step.by, step.request_id, step.what))
    rows: list[dict[str, Any]] = [
        {
            "by": None if step.by is None else step.by.isoformat(),
            "what": step.what,
            "words": getattr(STEPS[step.what], lang),
            "request_id": step.request_id,
            "authority": step.authority,
            "since": step.since.isoformat(),
            "rule_id": step.rule_id,
            "lapsed": step.lapsed(day),
        }
        for step in shown
    ]
    lines = [f"{row['by'] or 'any day':10}  {row['words']} ({row['request_id']})" for row in rows]
    summary = {"as_of": day.isoformat(), "too_late": len(lapsed), "due": rows if as_json else lines}
    if ics is not None:
        content = as_calendar(shown, day, lang, f"visavis {__version__}")
        write_whole(ics, content)
        summary["output"] = str(ics)
    tell(summary, as_json)
