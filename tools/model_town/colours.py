"""The colours of the plan, as the sheet and its key use them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from reportlab.lib.colors import HexColor

LAND: Final = HexColor("#f6f2e8")
ROAD: Final = HexColor("#ffffff")
ROAD_EDGE: Final = HexColor("#b9b2a2")
ROAD_NAME: Final = HexColor("#4a463e")
INK: Final = HexColor("#23272e")
FAINT: Final = HexColor("#6d675c")
TREE: Final = HexColor("#a9cb93")
TREE_EDGE: Final = HexColor("#86ad70")
GARDEN: Final = HexColor("#e6eeda")
GARDEN_EDGE: Final = HexColor("#c3d1b0")
WARNING: Final = HexColor("#fff0c2")
WARNING_EDGE: Final = HexColor("#d9a514")

# Fill and edge of each ground.
GROUNDS: Final = MappingProxyType(
    {
        "park": (HexColor("#d6e8c6"), None),
        "lawn": (HexColor("#e0ecd2"), None),
        "orchard": (HexColor("#e4edd0"), HexColor("#c3cfa6")),
        "cemetery": (HexColor("#dbe5d0"), HexColor("#a9b79a")),
        "allotments": (HexColor("#e3ecc8"), HexColor("#b9c79a")),
        "pitch": (HexColor("#c3dfae"), HexColor("#ffffff")),
        "square": (HexColor("#ece3d0"), HexColor("#d3c7ae")),
        "schoolyard": (HexColor("#efe6d8"), HexColor("#d3c7ae")),
        "yard": (HexColor("#e9e6e0"), HexColor("#cfc9bd")),
        "parking": (HexColor("#e6e6e8"), HexColor("#c6c6ca")),
        "water": (HexColor("#c5def0"), HexColor("#8fb8d6")),
    }
)


# Fill and edge of buildings by what they are for.
PUBLIC: Final = (HexColor("#e3b9a6"), HexColor("#97604a"))
SHOPS: Final = (HexColor("#e9cf9f"), HexColor("#9a7a3c"))
HOMES: Final = (HexColor("#dccdb8"), HexColor("#8a7a64"))
WORKS: Final = (HexColor("#cfccd2"), HexColor("#7f7b85"))
ANNEXES: Final = (HexColor("#ebe3d6"), HexColor("#a5987f"))

BUILDINGS: Final = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "church",
                "school",
                "kindergarten",
                "townhall",
                "sports_hall",
                "civic",
                "grandstand",
                "presbytery",
            ),
            PUBLIC,
        ),
        "retail": SHOPS,
        **dict.fromkeys(("terrace", "house", "apartments", "yes"), HOMES),
        **dict.fromkeys(("industrial", "warehouse"), WORKS),
        **dict.fromkeys(("garage", "shed", "hut", "kiosk"), ANNEXES),
    }
)
