"""A picture as SVG: what stands in it, how sharply its private parts are seen, and what it is not.

Private spaces carry the colour of their level, from pale to deep, so that the picture reads in grey and by people who
tell few colours apart; what kind of space it is shows in the pattern and the outline. All else is pale.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import shapely

from visavis.pictures.captions import captions, title
from visavis.pictures.claims import Claimed
from visavis.pictures.key import FILLS, PATTERNS, Palette, key_of
from visavis.pictures.labels import Box, Label, Spot, arc_labels, building_labels, in_picture, sharpness
from visavis.pictures.masking import Masking
from visavis.pictures.picturing import Patch, Picture
from visavis.pictures.svg import (
    FONT,
    FRAME,
    INK,
    OCHRE,
    PAPER,
    QUIET,
    num,
    outline,
    plain,
    quoted,
    trace,
    words,
)
from visavis.pictures.words import WHATS, point_of, say, told

# Size of the drawing, in its own pixels.
WIDTH: Final = 1600
_MARGIN: Final = 40
_INNER: Final = WIDTH - 2 * _MARGIN
_HEAD: Final = 148
_COMPASS: Final = 64
_MOST_HEIGHT: Final = 1140

# The same where it is drawn bare.
BARE_WIDTH: Final = 480
_MOST_BARE_HEIGHT: Final = 420
_BARE_GAP: Final = 6

# A part of a picture is drawn no longer than so many times its height.
_LONGEST_ROW: Final = 4.5

# What is drawn first; outlines of private spaces come last, over those of the rest.
_ORDER: Final = (
    "sky", "beyond", "ground", "roof", "underside", "edge_on", "public", "other_private",
    "private_ground", "sensitive_place", "dwelling_facade", "balcony", "dwelling_entrance",
)  # fmt: skip

_LIGHT_FROM_DEG: Final = 225.0

# How far below its middle a mask's number stands.
_BELOW: Final = 28.0


def draw(
    picture: Picture,
    palette: Palette,
    *,
    lang: str = "en",
    masking: Masking | None = None,
    claimed: Sequence[Claimed] = (),
    sources: Sequence[str] = (),
    invented: bool = False,
    bare: bool = False,
) -> str:
    """Return a picture as an SVG document: the same picture gives the same text.

    Parameters
    ----------
    picture : Picture
    palette : Palette
    lang : str
        ``en`` or ``fr``.
    masking : Masking, optional
        Suggested masks to lay over it.
    claimed : sequence of Claimed
        Masks as somebody claims them: drawn as an outline, never taken out of the picture.
    sources : sequence of str
        What to name below it.
    invented : bool
        The place is made up; the drawing says so.
    bare : bool
        Draw the picture alone and small, without words but the numbers of masks: to stand among words of its own.
    """
    if bare:
        return _bare(picture, palette, masking, claimed, lang)
    rows, scale = _rows(picture, _INNER, _MOST_HEIGHT)
    step = picture.height_px * scale + _COMPASS
    texts = captions(picture, masking, claimed, sources, lang)
    bottom = _HEAD + len(rows) * step - _COMPASS
    key, end = key_of(picture.patches, palette, texts, lang, _MARGIN, _INNER, bottom + 34)
    whole = math.ceil(end + 12)
    head = title(picture, lang)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{whole}" '
            f'viewBox="0 0 {WIDTH} {whole}" lang="{lang}" role="img" font-family="{FONT}" fill="{INK}">',
            f"<title>{plain(head)}</title>",
            f"<desc>{plain(say('computed', lang))}</desc>",
            *_definitions(),
            f'<rect width="{WIDTH}" height="{whole}" fill="{PAPER}"/>',
            *_head(head, lang, invented),
            *(
                line
                for number, row in enumerate(rows)
                for line in _row(
                    picture, palette, masking, claimed, scale, lang, number, row, _HEAD + number * step
                )
            ),
            *key,
            "</svg>\n",
        ]
    )


def _rows(picture: Picture, inner: float, most_height: float) -> tuple[list[Box], float]:
    """Return the parts of the picture that are drawn below one another, in pixels of the drawing, and its scale.

    A picture of the whole circle is cut until each part is no longer than it can be read.
    """
    n = math.ceil(picture.width_px / picture.height_px / _LONGEST_ROW) if picture.unrolled else 1
    scale = min(n * inner / picture.width_px, most_height / picture.height_px)
    width, height = picture.width_px * scale / n, picture.height_px * scale
    return [(k * width, 0.0, (k + 1) * width, height) for k in range(n)], scale


def _row(
    picture: Picture,
    palette: Palette,
    masking: Masking | None,
    claimed: Sequence[Claimed],
    scale: float,
    lang: str,
    number: int,
    row: Box,
    top: float,
) -> Iterator[str]:
    """Yield one part of the picture, with its compass above it."""
    left, _, right, height = row
    x, width = _MARGIN + (_INNER - (right - left)) / 2.0 - left, right - left
    frame = f'<rect x="{num(left)}" width="{num(width)}" height="{num(height)}"'
    yield f'<clipPath id="row{number}">{frame}/></clipPath>'
    yield f'<g transform="translate({num(x)} {num(top)})">'
    yield from _compass(picture, scale, lang, row)
    yield f'<g clip-path="url(#row{number})">'
    yield from _seen(picture, palette, scale, lang, row)
    yield from _lines(picture, scale, row)
    yield from _masks(masking, scale)
    yield from _claims(claimed, picture, scale, lang)
    arcs = arc_labels(picture, scale, lang, row)
    for label in arcs:
        yield words(
            label.anchor[0], label.anchor[1] - 5, label.lines[0], 15, "400", "#6f6a5d", "middle", halo=PAPER
        )
    taken = [label.box for label in arcs] + [_around(spot) for spot in _numbers(masking, scale)]
    y = picture.projection.horizon_px * scale
    if 0.0 < y < height:
        yield words(right - 8, y - 6, say("horizon", lang), 15, "400", INK, "end", halo=PAPER)
        taken.append((right - 72, y - 22, right, y))
    yield "</g>"
    labels = building_labels(picture, scale, lang, row, taken)
    yield from (_leader(label) for label in labels)
    yield from (_label(label) for label in labels)
    yield f'{frame} fill="none" stroke="{FRAME}" stroke-width="1.5"/></g>'


def _seen(picture: Picture, palette: Palette, scale: float, lang: str, row: Box) -> Iterator[str]:
    here = in_picture(row, scale)
    for patch in sorted(picture.patches, key=lambda patch: _ORDER.index(patch.what)):
        if patch.shape.intersects(here):
            yield _patch(patch, picture, palette, scale, lang)


def _bare(
    picture: Picture, palette: Palette, masking: Masking | None, claimed: Sequence[Claimed], lang: str
) -> str:
    rows, scale = _rows(picture, BARE_WIDTH, _MOST_BARE_HEIGHT)
    width, height = rows[0][2] - rows[0][0], rows[0][3]
    whole = len(rows) * height + (len(rows) - 1) * _BARE_GAP
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{num(width)}" height="{num(whole)}" '
        f'viewBox="0 0 {num(width)} {num(whole)}" lang="{lang}" role="img" font-family="{FONT}" fill="{INK}">',
        f"<title>{plain(title(picture, lang))}</title>",
        f"<desc>{plain(say('computed', lang))}</desc>",
        *_definitions(),
    ]
    for number, row in enumerate(rows):
        left, _, right, _ = row
        frame = f'<rect x="{num(left)}" width="{num(right - left)}" height="{num(height)}"'
        drawn += [
            f'<clipPath id="row{number}">{frame}/></clipPath>',
            f'<g transform="translate({num(-left)} {num(number * (height + _BARE_GAP))})">'
            f'<g clip-path="url(#row{number})">',
            *_seen(picture, palette, scale, lang, row),
            *_horizon(picture, scale, row),
            *_masks(masking, scale),
            *_claims(claimed, picture, scale, lang),
            f'</g>{frame} fill="none" stroke="{FRAME}"/></g>',
        ]
    return "\n".join([*drawn, "</svg>\n"])


def _definitions() -> Iterator[str]:
    yield "<defs>"
    for name, step, turn, colour, stroke in (
        ("garden", 7, 45, "#2f6b3a", 1.6),
        ("private", 10, -45, FRAME, 1.0),
        ("claimed", 12, 45, OCHRE, 3.0),
    ):
        yield (
            f'<pattern id="{name}" width="{step}" height="{step}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate({turn})"><path d="M0 0V{step}" stroke="{colour}" '
            f'stroke-width="{stroke}" opacity="0.6"/></pattern>'
        )
    yield (
        '<pattern id="sensitive" width="9" height="9" patternUnits="userSpaceOnUse" fill="#5b3f8c">'
        '<circle cx="2" cy="2" r="1.5" opacity="0.6"/><circle cx="6.5" cy="6.5" r="1.5" opacity="0.6"/></pattern>'
    )
    yield "</defs>"


def _head(text: str, lang: str, invented: bool) -> Iterator[str]:
    yield words(_MARGIN, 52, text, 29, "700")
    yield words(_MARGIN, 84, say("computed", lang), 19, "400", QUIET)
    if invented:
        mark = say("invented", lang)
        width = 0.54 * 18 * len(mark) + 32
        x = WIDTH - _MARGIN - width
        yield f'<rect x="{num(x)}" y="26" width="{num(width)}" height="36" rx="4" fill="#f3e4cd" stroke="{OCHRE}"/>'
        yield words(x + width / 2.0, 50, mark, 18, "700", OCHRE, "middle")


def _compass(picture: Picture, scale: float, lang: str, row: Box) -> Iterator[str]:
    """Yield the compass above a row: true bearings, every 5 degrees, or every 15 all round."""
    left, _, right, _ = row
    step = 15 if picture.unrolled else 5
    axis = math.degrees(picture.projection.azimuth_rad) - picture.convergence_deg
    written: list[float] = []
    first = math.ceil((axis - 180.0) / step - 1e-9) * step
    for bearing in range(first, first + 361, step):
        x = picture.projection.bearing_x(math.radians(bearing - axis)) * scale
        if not left - 0.5 <= x <= right + 0.5:
            continue
        main = bearing % 45 == 0
        yield f'<path d="M{num(x)} 0V{-12 if main else -7}" stroke="{FRAME}" stroke-width="1.3"/>'
        text = point_of(bearing % 360, lang, 8) if main else f"{bearing % 360}°"
        if all(abs(x - other) > 44 for other in written):
            written.append(x)
            yield words(x, -18, text, 17, "700" if main else "400", INK if main else QUIET, "middle")
    if picture.undirected and left == 0.0:
        wide = math.radians(picture.camera.hfov_deg) * picture.projection.focal_px * scale
        at = (left + right - wide) / 2.0
        yield f'<path d="M{num(at)} -46v9h{num(wide)}v-9" fill="none" stroke="{INK}" stroke-width="2"/>'
        width = told(picture.camera.hfov_deg, lang)
        yield words(at + wide + 10, -38, say("window", lang, hfov=width), 15)


def _patch(patch: Patch, picture: Picture, palette: Palette, scale: float, lang: str) -> str:
    path = outline(patch.shape, scale)
    stroke, width = _stroke(patch)
    line = "" if width == 0.0 else f' stroke="{stroke}" stroke-width="{width}" stroke-linejoin="round"'
    tip = _tip(patch, picture, lang)
    inner = f"><title>{plain(tip)}</title></path>" if tip else "/>"
    # Whoever shows the picture may mark a building in it, and need not ask for that.
    own = f' data-building="{quoted(patch.building_id)}"' if patch.private and patch.building_id else ""
    drawn = f'<path d="{path}" fill="{_fill(patch, palette)}"{line} fill-rule="evenodd"{own}{inner}'
    if patch.what in PATTERNS:
        drawn += f'<path d="{path}" fill="url(#{PATTERNS[patch.what]})" fill-rule="evenodd" pointer-events="none"/>'
    return drawn


def _fill(patch: Patch, palette: Palette) -> str:
    if patch.what in FILLS:
        return _shaded(FILLS[patch.what], patch.facing_deg)
    if patch.level is not None and patch.what != "other_private":
        return palette.levels[patch.level]
    return palette.spaces["dwelling_facade" if patch.what == "dwelling_entrance" else patch.what]


def _shaded(colour: str, facing_deg: float) -> str:
    """Return a colour as a wall has it that faces so: lit from one side, so that corners show."""
    if math.isnan(facing_deg):
        return colour
    light = 1.0 + 0.07 * math.cos(math.radians(facing_deg - _LIGHT_FROM_DEG))
    parts = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return "#" + "".join(f"{min(255, round(part * light)):02x}" for part in parts)


def _stroke(patch: Patch) -> tuple[str, float]:
    if patch.what == "dwelling_entrance":
        return OCHRE, 2.0 if patch.level is not None else 1.2
    if patch.what in ("sky", "beyond", "ground"):
        return "none", 0.0
    if patch.level is not None and patch.what != "other_private":
        return "#ffffff", 1.0
    return "#a69e8e", 0.7


def _tip(patch: Patch, picture: Picture, lang: str) -> str:
    what = WHATS[patch.what].fr if lang == "fr" else WHATS[patch.what].en
    if not patch.private:
        return what if patch.what == "public" else ""
    own = [name for name in (patch.building_id, patch.space_id) if name is not None]
    name = next((picture.names[each] for each in own if each in picture.names), own[0])
    return f"{name} · {what} · {sharpness([patch], lang)}"


def _lines(picture: Picture, scale: float, row: Box) -> Iterator[str]:
    """Yield the arcs of equal distance on the ground, and the horizon."""
    for _, lines in picture.arcs:
        path = "".join(trace(line, scale) for line in shapely.get_parts(lines))
        if path:
            yield (
                f'<path d="{path}" fill="none" stroke="{FRAME}" stroke-width="1.2" stroke-dasharray="2 5" '
                'stroke-linecap="round"/>'
            )
    yield from _horizon(picture, scale, row)


def _horizon(picture: Picture, scale: float, row: Box) -> Iterator[str]:
    y = picture.projection.horizon_px * scale
    if 0.0 < y < row[3]:
        yield (
            f'<path d="M{num(row[0])} {num(y)}H{num(row[2])}" stroke="{INK}" stroke-width="1" stroke-dasharray="14 6" '
            'opacity="0.6"/>'
        )


def _masks(masking: Masking | None, scale: float) -> Iterator[str]:
    spots = _numbers(masking, scale)
    for number, mask in enumerate(masking.masks if masking else (), start=1):
        yield (
            f'<path d="{outline(mask, scale)}" fill="#14171b" fill-opacity="0.7" stroke="#ffffff" '
            'stroke-width="2" stroke-dasharray="9 5"/>'
        )
        x, y = spots[number - 1]
        yield words(x, y + 8, str(number), 24, "700", "#ffffff", "middle", halo="#14171b")


def _numbers(masking: Masking | None, scale: float) -> list[Spot]:
    """Return where the numbers of masks stand: below their middle, where labels often point, if there is room."""
    found = []
    for mask in masking.masks if masking else ():
        x, y = mask.centroid.x, mask.centroid.y
        lower = y + _BELOW / scale
        inside = mask.contains(shapely.Point(x, lower + _BELOW / scale))
        found.append((x * scale, (lower if inside else y) * scale))
    return found


def _around(spot: Spot) -> Box:
    x, y = spot
    return x - 14, y - 12, x + 14, y + 12


def _claims(claimed: Sequence[Claimed], picture: Picture, scale: float, lang: str) -> Iterator[str]:
    size = np.array([picture.width_px, picture.height_px])
    for claim in claimed:
        if claim.shape is None:
            continue
        shape = shapely.transform(claim.shape, lambda at: at * size)
        yield f'<path d="{outline(shape, scale)}" fill="url(#claimed)" stroke="{OCHRE}" stroke-width="3"/>'
        x, y = shape.centroid.coords[0]
        yield words(x * scale, y * scale, say("claimed_mark", lang), 17, "700", OCHRE, "middle", halo=PAPER)


def _leader(label: Label) -> str:
    (x, y), (to_x, to_y) = label.leader
    return (
        f'<path d="M{num(x)} {num(y)}L{num(to_x)} {num(to_y)}" stroke="{INK}" stroke-width="1.3"/>'
        f'<circle cx="{num(x)}" cy="{num(y)}" r="4" fill="#ffffff" stroke="{INK}" stroke-width="1.5"/>'
    )


def _label(label: Label) -> str:
    x, y, right, bottom = label.box
    first, *rest = label.lines
    texts = [words(x + 10, y + 21, first, 16, "700")]
    texts += [words(x + 10, y + 41 + 20 * k, line, 16) for k, line in enumerate(rest)]
    return (
        f'<g pointer-events="none"><rect x="{num(x)}" y="{num(y)}" width="{num(right - x)}" '
        f'height="{num(bottom - y)}" rx="4" fill="{PAPER}" fill-opacity="0.93" stroke="{FRAME}"/>'
        f"{''.join(texts)}</g>"
    )
