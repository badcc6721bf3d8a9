"""One way out for every format."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from visavis.exports.formats import FORMATS, REGISTERS, Format, Notes
from visavis.exports.part import Part
from visavis.layers import layer as declared
from visavis.model.errors import UsageError, VisavisError
from visavis.store import Query, Store, placed

EVERYTHING: Final = Query()

# A name that a Shapefile must not have: it is several files, of which this would be one.
_ONE_OF_SEVERAL: Final = (".shp", ".dbf", ".shx")


def export(
    store: Store,
    layer: str,
    format: str,  # noqa: A002  (as people call it)
    target: Path,
    *,
    query: Query = EVERYTHING,
    told: str = "",
) -> Notes:
    """Write a layer of `store`, or a part of it, to `target`, whole or not at all, a bunch of rows at a time.

    Parameters
    ----------
    format : str
        One of `FORMATS`, or of `REGISTERS` for cameras. A portable map (``html``) holds several layers, and shows
        this one from the start.
    target : Path
        The file; one that stood there is replaced at the end, and so is one that belongs beside it.
    query : Query
        Which features; all of them unless told. Their order and the page that it names have no part in it.
    told : str
        In words which part of the layer that is, for the file to say.

    Returns
    -------
    tuple of Word
        What the format could not hold as it was.

    Raises
    ------
    NotFoundError
        Where no layer has that name.
    UsageError
        Where there is no such format, the layer can't be written in it, or the target is the store itself.
    VisavisError
        Where the file can't be written.
    """
    part = Part(store, declared(layer), query, told)
    chosen = _format(part, format)
    if target.resolve() == Path(part.store.target).resolve():
        raise UsageError(f"{target} is the store itself", remedy="Name another file")
    if format == "shp" and target.suffix.lower() in _ONE_OF_SEVERAL:
        raise UsageError(
            f"{target}: a Shapefile is several files", remedy=f"Name a zip: {target.stem}.shp.zip"
        )
    try:
        with ExitStack() as stack:
            if chosen.beside is not None:
                companion = stack.enter_context(placed(target.with_name(target.name + chosen.beside_suffix)))
                companion.write_bytes(chosen.beside(part, target.name))
            beside = stack.enter_context(placed(target, chosen.suffix))
            return chosen.write(part, beside)
    except VisavisError as error:
        raise error.located(target) from error.__cause__
    except OSError as error:
        raise VisavisError(
            f"can't be written ({error.strerror or error})",
            file=target,
            remedy="Check the folder and its room",
        ) from error


def streamed(
    store: Store,
    layer: str,
    format: str,  # noqa: A002
    *,
    query: Query = EVERYTHING,
    told: str = "",
) -> Iterator[bytes] | None:
    """Return the bytes that `export` would write, one bunch after another; None where only a file can be written.

    Raises
    ------
    NotFoundError, UsageError
        As for `export`.
    """
    part = Part(store, declared(layer), query, told)
    stream = _format(part, format).stream
    return None if stream is None else stream(part)


def beside(
    store: Store,
    layer: str,
    format: str,  # noqa: A002
    file: str,
    *,
    query: Query = EVERYTHING,
    told: str = "",
) -> bytes:
    """Return what belongs beside the file of that name, for a format that has no place for its origin.

    Raises
    ------
    NotFoundError, UsageError
        As for `export`, and where nothing belongs there.
    """
    part = Part(store, declared(layer), query, told)
    made = _format(part, format).beside
    if made is None:
        raise UsageError(f"nothing lies beside a file of the format {format!r}", remedy="Leave it out")
    return made(part, file)


def _format(part: Part, name: str) -> Format:
    """Return the format called `name`, if it can hold the layer.

    Raises
    ------
    UsageError
        Where there is no such format, it holds geometries only and the layer has none, or no part of a layer.
    """
    if name in REGISTERS:
        if part.layer.name != "cameras":
            raise UsageError(
                f"{REGISTERS[name].title} holds cameras, and not {part.layer.name}",
                remedy="Give --layer cameras",
            )
        return REGISTERS[name]
    if name not in FORMATS:
        raise UsageError(f"there is no format {name!r}", remedy=f"Choose {', '.join((*FORMATS, *REGISTERS))}")
    if not FORMATS[name].holds(part):
        able = [each.name for each in FORMATS.values() if each.holds(part) and each.name != "html"]
        raise UsageError(
            f"{part.layer.name} has no geometry, which {FORMATS[name].title} needs",
            remedy=f"Choose {', '.join(able)}",
        )
    if FORMATS[name].whole and part.told:
        raise UsageError(
            f"{FORMATS[name].title} holds whole layers", remedy="Leave out --where, --bbox and --filter"
        )
    return FORMATS[name]
