"""What is to be told of plates and of following, by dossier."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from visavis.following.network import MOST_BETWEEN_M, Followed
from visavis.following.words import WORDS
from visavis.model.findings import Finding, raised
from visavis.model.vocabulary import SURENESSES


def findings_of(readings: gpd.GeoDataFrame, followed: Followed, cameras: pd.DataFrame) -> tuple[Finding, ...]:
    """Return what to tell of the places where plates could be read, and of the ways between them.

    Parameters
    ----------
    readings : GeoDataFrame PLATE_READINGS
    followed : Followed
    cameras : DataFrame CAMERAS
    """
    if not followed.streets_m:
        return (raised(WORDS, "plates.no-streets"),) if len(cameras) else ()
    found: list[Finding] = []
    for dossier, mine in readings.groupby("disclosure_id"):
        own = str(dossier)
        rank = mine["sureness"].map({code: at for at, code in enumerate(SURENESSES)})
        surest = rank.groupby(mine["camera_id"]).min()
        rule = ";".join(sorted(mine["rule_ids"].dropna().unique())) or None
        found.append(
            raised(
                WORDS,
                "plates.could-be-read",
                own,
                rule_id=rule,
                disclosure=own,
                cameras=len(surest),
                need_px_per_m=round(float(mine["need_px_per_m"].iloc[0]), 1),
                read_m=round(followed.read_m[own], 1),
                pointed_m=round(followed.pointed_m[own], 1),
                streets_m=round(followed.streets_m, 1),
                coverage=round(followed.coverage(own), 4),
                able=int((mine.drop_duplicates("camera_id")["anpr_able"] == "yes").sum()),
                certain=int((surest == 0).sum()),
                likely=int((surest == 1).sum()),
                possible=int((surest == 2).sum()),
            )
        )
        ways = followed.ways[followed.ways["disclosure_id"] == own]
        if len(ways):
            found.append(
                raised(
                    WORDS,
                    "plates.way-could-be-followed",
                    own,
                    rule_id=rule,
                    disclosure=own,
                    cameras=int(pd.concat([ways["camera_from"], ways["camera_to"]]).nunique()),
                    ways=len(ways),
                    most_m=MOST_BETWEEN_M,
                    straight=int((ways["turnings"] == 0).sum()),
                    chain=followed.chains[own],
                )
            )
    return tuple(found)
