"""The pictures room: what a camera could see, drawn as its own picture would show it, and what could be masked.

In come a complete camera, the scene around it and the spaces in one metric CRS; out go a picture of polygons in
pixels, each with what it is, a suggestion of privacy masks, and SVG text. All of it is computed from prisms on
level ground: nothing here is a photograph, and nothing here reads a file or turns SVG into pixels.
"""

from visavis.pictures.claims import Claimed, claimed_masks
from visavis.pictures.drawing import draw
from visavis.pictures.key import Palette
from visavis.pictures.masking import Masking, suggest_masks
from visavis.pictures.picturing import Patch, Picture, picture_of

__all__ = [
    "Claimed",
    "Masking",
    "Palette",
    "Patch",
    "Picture",
    "claimed_masks",
    "draw",
    "picture_of",
    "suggest_masks",
]
