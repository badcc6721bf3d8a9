"""The commands of evidence: a key, a bundle, whether it is whole and signed, and its layers built again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from visavis.cli.telling import Json, need, tell
from visavis.model.errors import UsageError
from visavis.progress import shown_progress

Public = Annotated[Path | None, typer.Option("--key", help="The operator's public key: x.pub.")]


def new_key(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write; x.pub goes beside it.")
    ] = Path("operator.key"),
    as_json: Json = False,
) -> None:
    """Make an operator's key: keep it secret, hand out the public half and say its fingerprint in person."""
    from visavis.evidence import new_key as make

    tell({"fingerprint": make(output), "secret": str(output), "public": f"{output}.pub"}, as_json)


def write_bundle(
    store: str,
    output: Path,
    key: Path | None,
    dossiers: tuple[Path, ...],
    spaces: tuple[Path, ...],
    cameras: tuple[Path, ...],
    terrain: tuple[Path, ...],
    *,
    enclosed: bool,
    lang: str | None,
) -> None:
    """Write a signed bundle of everything in a store, of what it was built from, and of a report in a language."""
    from visavis.evidence import Papers, fingerprint, read_signer, seal
    from visavis.evidence.reporting import report
    from visavis.store import open_store

    if key is None:
        raise UsageError(
            "a bundle is signed", remedy="Make a key with visavis key new, and name it with --key"
        )
    signer = read_signer(key)
    opened = open_store(store)
    try:
        papers = Papers(dossiers, spaces, cameras, terrain, enclosed)
        reports = [] if lang is None else [(f"report-{lang}.pdf", partial(report, opened, lang))]
        manifest = seal(opened, papers, signer, output, reports=reports)
    finally:
        opened.close()
    tell(
        {
            "signed_by": fingerprint(signer.public),
            "layers": sum(entry.role == "layer" for entry in manifest.files),
            "papers": sum(entry.role == "paper" for entry in manifest.files),
            "can_be_rebuilt": bool(manifest.inputs.spaces),
            "output": str(output),
        },
        as_json=False,
    )


def write_pdf(store: str, output: Path, lang: str) -> None:
    """Write the report of a store."""
    from visavis.evidence.reporting import write_report
    from visavis.store import open_store

    opened = open_store(store)
    try:
        write_report(opened, output, lang)
    finally:
        opened.close()
    typer.echo(f"wrote {output}")


def verify(
    bundle: Annotated[Path, typer.Argument(help="A bundle: x.zip.")],
    key: Public = None,
    lang: Annotated[str, typer.Option(help="Words of what is wrong: en or fr.")] = "en",
    as_json: Json = False,
) -> None:
    """Say whether a bundle of evidence is whole and signed; it needs no network."""
    from visavis.evidence import read_public_key
    from visavis.evidence import verify as check

    if lang not in ("en", "fr"):
        raise UsageError(f"there are no words in {lang!r}", remedy="Choose en or fr")
    need(bundle)
    verdict = check(bundle, None if key is None else read_public_key(key))
    told: dict[str, object] = {
        "whole_and_signed": not verdict.faults,
        "signed_by": verdict.fingerprint,
        "key": "the one given" if verdict.vouched else "nobody vouched for it: compare the fingerprint",
    }
    if verdict.manifest is not None:
        told |= {"software": verdict.manifest.software, "build_id": verdict.manifest.build["build_id"]}
        told |= {"built_at": verdict.manifest.built_at, "files": len(verdict.manifest.files)}
    faults = [{"code": f.code, "file": f.path, "what": f.words(lang)} for f in verdict.faults]
    told["faults"] = faults if as_json else [fault["what"] for fault in faults]
    tell(told, as_json)
    if verdict.faults:
        raise SystemExit(1)


def rebuild(
    bundle: Annotated[Path, typer.Argument(help="A bundle: x.zip.")],
    key: Public = None,
    papers: Annotated[
        Path | None, typer.Option(help="Folder of the papers that it knows by their digests alone.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=1_024, help="Processes; all cores unless told.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Build the layers of a bundle again from the papers in it, and compare them with those that were signed."""
    from visavis.evidence import read_public_key
    from visavis.rebuilding import rebuild as again
    from visavis.work import opened_workers

    need(bundle)
    public = None if key is None else read_public_key(key)
    with opened_workers(workers, None) as opened, shown_progress() as progress:
        came = again(bundle, key=public, papers=papers, workers=opened, progress=progress)
    tell(
        {
            "same": len(came.same),
            "different": list(came.different),
            "what_may_be_the_reason": list(came.reasons),
        },
        as_json,
    )
    if came.different:
        raise SystemExit(1)
