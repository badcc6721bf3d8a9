"""One way out for every format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from visavis.layers import layer as declared
from visavis.model.errors import UsageError, VisavisError
from visavis.store import Store, placed


def _geojson(store: Store, layer: str, file: Path) -> None:
    from visavis.exports.geojson import write_geojson

    write_geojson(store, layer, file)


def _gpkg(store: Store, layer: str, file: Path) -> None:
    from visavis.exports.geopackage import write_layer

    write_layer(store, layer, file)


def _html(store: Store, layer: str, file: Path) -> None:
    from visavis.exports.portable import write_map

    write_map(store, layer, file)


# Each is imported when it is wanted: a service that exports nothing loads neither GDAL nor folium.
FORMATS: Final[Mapping[str, Callable[[Store, str, Path], None]]] = MappingProxyType(
    {"geojson": _geojson, "gpkg": _gpkg, "html": _html}
)


def export(store: Store, layer: str, format: str, target: Path) -> None:  # noqa: A002  (as people call it)
    """Write a layer of `store` to `target`, whole or not at all.

    Parameters
    ----------
    layer : str
        Which layer. A portable map holds several, and shows this one from the start.
    format : str
        ``geojson`` (RFC 7946), ``gpkg``, or ``html``: a map in one file.
    target : Path
        The file; one that stood there is replaced at the end.

    Raises
    ------
    NotFoundError
        Where no layer has that name.
    UsageError
        Where there is no such format, the layer can't be drawn, or the target is the store itself.
    VisavisError
        Where the file can't be written.
    """
    declared(layer)
    if format not in FORMATS:
        raise UsageError(f"there is no format {format!r}", remedy=f"Choose {', '.join(FORMATS)}")
    if target.resolve() == Path(store.target).resolve():
        raise UsageError(f"{target} is the store itself", remedy="Name another file")
    try:
        with placed(target, f".{format}") as beside:
            FORMATS[format](store, layer, beside)
    except VisavisError as error:
        raise error.located(target) from error.__cause__
    except OSError as error:
        raise VisavisError(
            f"can't be written ({error.strerror or error})",
            file=target,
            remedy="Check the folder and its room",
        ) from error
