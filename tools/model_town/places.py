"""What a town has once: church, school, town hall, square, park, works, the block around a courtyard."""

from __future__ import annotations

import shapely

from tools.model_town.along import box, merged, square_to, strip
from tools.model_town.streets import river
from tools.model_town.town import House, Town


def build_places(town: Town) -> None:
    """Build the single buildings and lay the grounds around them."""
    _church(town)
    _square(town)
    _school(town)
    _flats(town)
    _works(town)
    _market(town)
    _riverside(town)
    _stadium(town)


def _church(town: Town) -> None:
    turn = 7.0
    nave = merged(box(-68, 34, -36, 48), box(-52, 28, -43, 54))
    apse = shapely.Point(-36, 41).buffer(6.0, quad_segs=3).intersection(shapely.box(-36, 30, -20, 60))
    whole = shapely.affinity.rotate(merged(nave, apse), turn, origin=(-55, 41))
    tower = shapely.affinity.rotate(box(-76, 36.5, -68, 45.5), turn, origin=(-55, 41))
    words = {"amenity": "place_of_worship", "religion": "christian"}
    town.houses.append(House("church", whole, "church", 14.0, words | {"name": "Église Saint-Modèle"}))
    town.houses.append(House("tower", tower, "church", 31.0, words | {"name": "Clocher"}))
    town.open_door("tower", (-90, 38), "main")
    presbytery = box(-27, 60, -15, 69, 5)
    town.houses.append(House("presbytery", presbytery, "presbytery", 7.5, {"name": "Presbytère"}))
    town.lay("square", box(-84, 27, -75, 56, 8), "")
    town.lay("cemetery", shapely.Polygon([(-72, 58), (-32, 62), (-33, 76), (-72, 73)]), "Cimetière")
    town.lay("park", shapely.Polygon([(55, -88), (96, -92), (99, -46), (63, -44)]), "Clos des Teinturiers")
    town.lay(
        "park", shapely.Polygon([(-24, 8), (24, 11), (29, 70), (-6, 68), (-14, 40)]), "Square du Presbytère"
    )


def _square(town: Town) -> None:
    """The square with the town hall, and the block of flats behind it."""
    town.lay("square", shapely.Polygon([(38, 8), (121, 5), (119, 34), (40, 34)]), "Place de la Mairie")
    hall = merged(box(66, 32, 96, 44), box(75, 29.5, 87, 33))
    words = {"amenity": "townhall", "name": "Mairie de Villemodèle"}
    town.houses.append(House("hall", hall, "townhall", 13.5, words))
    town.open_door("hall", (81, 20), "main")
    outer = shapely.Polygon([(45.5, 57), (116, 57), (116.5, 98), (48, 98)])
    yard = shapely.Polygon([(60, 69.5), (60, 86), (104, 86), (104, 69.5)])
    flats = shapely.Polygon(outer.exterior, [yard.exterior.coords])
    words = {"building:levels": "5", "addr:street": "Rue de la Mairie", "name": "Îlot du Modèle"}
    town.houses.append(House("block", flats, "apartments", 16.0, words))
    for door in ((40, 66), (42, 88), (70, 104), (95, 104), (81, 50)):
        town.open_door("block", door, "main")


def _school(town: Town) -> None:
    """The school around its yard, with a gymnasium."""
    whole = merged(box(-84, -62, -34, -51), box(-84, -88, -73, -51))
    shape = merged(shapely.affinity.rotate(whole, 5, origin=(-60, -65)))
    words = {"amenity": "school", "name": "École des Marronniers"}
    town.houses.append(House("school", shape, "school", 8.0, words))
    town.houses.append(House("gym", box(-27, -82, -7, -56, 5), "sports_hall", 9.0, {"name": "Gymnase"}))
    town.open_door("school", (-92, -70), "main")
    town.lay("schoolyard", box(-71, -90, -34, -64, 5), "Cour")
    nursery = box(-18, -47, -2, -36, 4)
    words = {"amenity": "kindergarten", "name": "Crèche"}
    town.houses.append(House("nursery", nursery, "kindergarten", 4.0, words))


def _flats(town: Town) -> None:
    """Slabs with many storeys among lawns, and low garages before them."""
    line = town.street("Rue des Peupliers").line
    lawn = shapely.Polygon([(51, 117), (118, 114), (160, 146), (194, 184), (210, 214), (51, 214)])
    town.lay("lawn", lawn, "Résidence des Peupliers")
    town.lay("lawn", shapely.Polygon([(142, 112), (250, 101), (250, 200), (214, 176)]), "")
    for number, (shape, levels) in enumerate(
        (
            (square_to(line, 66, 15.0, 46, 12.0), 7),
            (box(66, 132, 78, 178, -4), 6),
            (box(92, 168, 138, 180, -4), 9),
            (square_to(line, 62, -15.0, 44, 12.0), 5),
            (box(216, 110, 228, 146, 3), 4),
        ),
        start=1,
    ):
        key = f"slab-{number}"
        words = {"building:levels": f"{levels}", "addr:street": "Rue des Peupliers"}
        town.houses.append(House(key, shape, "apartments", None if number % 2 else 2.9 * levels, words))
        town.open_door(key, (150 + 4 * number, 140), "main")
    for number in range(4):
        garage = shapely.affinity.rotate(
            box(57 + 3.2 * number, 118, 60.2 + 3.2 * number, 123.6), 2, origin=(57, 118)
        )
        town.houses.append(House(f"slab-garage-{number + 1}", garage, "garage", 2.8))
    town.lay("parking", box(88, 119, 116, 132, -3))


def _works(town: Town) -> None:
    """The old tannery: sheds, a chimney, a yard."""
    hall = merged(box(-212, -108, -164, -82), box(-176, -84, -150, -66))
    shape = shapely.affinity.rotate(hall, 5, origin=(-190, -95))
    town.lay("yard", shapely.Polygon([(-226, -122), (-114, -111), (-113, -66), (-224, -76)]), "")
    words = {"name": "Tannerie"}
    town.houses.append(House("works", shape, "industrial", 8.5, words))
    stack = shapely.Point(-156, -96).buffer(1.7, quad_segs=3)
    town.houses.append(House("chimney", stack, "industrial", 28.0, {"man_made": "chimney"}))
    town.houses.append(House("store", box(-143, -104, -120, -88, 4), "warehouse", 6.5, {"name": "Entrepôt"}))
    town.houses.append(House("shed", box(-138, -80, -126, -72, 6), "shed", 3.2))


def _market(town: Town) -> None:
    """A supermarket behind its parking, a surgery, and a parking by the river."""
    town.lay("parking", shapely.Polygon([(150, -4), (196, -10), (195, 20), (152, 20)]), "Parking")
    words = {"shop": "supermarket", "name": "Supérette"}
    town.houses.append(House("market", box(158, 26, 194, 48, -3), "retail", 6.0, words))
    words = {"amenity": "doctors", "name": "Cabinet médical", "addr:street": "Rue Neuve"}
    town.houses.append(House("surgery", box(180, 58, 194, 70, -2), "yes", 6.0, words))
    words = {"addr:street": "Grande Rue", "name": "Salle des fêtes", "amenity": "community_centre"}
    town.houses.append(House("fetes", box(-140, -62, -114, -46, 8), "civic", 7.5, words))


def _riverside(town: Town) -> None:
    bed = river()
    town.lay("water", bed, "la Modèle")
    quay = town.street("Quai des Tanneurs").line
    bank = strip(quay, 10, quay.length - 10, -3.75, -14.0).difference(bed)
    town.lay("park", merged(bank.difference(town.street("Rue du Pont").line.buffer(6))))
    south = shapely.box(-260, -230, 2, -120).difference(bed.buffer(0.5))
    meadow = min(shapely.get_parts(south), key=lambda part: part.centroid.y)
    town.lay("park", meadow, "Parc de la Rive")
    plots = shapely.box(84, -230, 260, -120).difference(bed.buffer(3))
    town.lay(
        "allotments", min(shapely.get_parts(plots), key=lambda part: part.centroid.y), "Jardins familiaux"
    )
    mill = box(-12, -161, 0, -148, 3)
    town.houses.append(House("mill", mill, "yes", 9.0, {"name": "Moulin", "addr:street": "Rue du Pont"}))
    town.houses.append(House("kiosk", box(-70, -176, -66, -172), "kiosk", 3.0, {"name": "Kiosque"}))
    for number, (x, y) in enumerate(((112, -170), (150, -166), (190, -160))):
        town.houses.append(House(f"hut-{number + 1}", box(x, y, x + 4, y + 3, 10 * number), "hut", 2.6))


def _stadium(town: Town) -> None:
    """The stadium in the north, and the orchards that give a street its name."""
    town.lay("park", shapely.Polygon([(-48, 143), (38, 146), (40, 230), (-45, 230)]), "Stade municipal")
    town.lay("pitch", box(-39, 158, 30, 196, 2))
    town.lay("orchard", shapely.Polygon([(-260, 96), (-222, 98), (-222, 150), (-204, 210), (-260, 210)]))
    town.lay("orchard", shapely.Polygon([(-226, 8), (-124, 22), (-128, 50), (-228, 40)]))
    town.houses.append(House("stand", box(-10, 147, 24, 153, 2), "grandstand", 5.0, {"name": "Tribune"}))
