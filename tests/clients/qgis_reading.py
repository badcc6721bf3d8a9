"""Reads a service as QGIS does, without a window, and prints what it saw as JSON: run by the system's own Python."""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor


def main(service, layer, key, where, box, places):
    """Return what QGIS makes of a layer of a service."""
    features, restricted = opened(service, layer), opened(service, layer)
    address = f"{service}/collections/{layer}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}"
    tiles = QgsVectorTileLayer(f"type=xyz&url={address}&zmin=0&zmax=18", layer)
    in_box = QgsFeatureRequest().setFilterRect(QgsRectangle(*box))
    return {
        "valid": features.isValid(),
        "crs": features.crs().authid(),
        "fields": [field.name() for field in features.fields()],
        "count": features.featureCount(),
        "shapes": {each[key]: each.geometry().asWkt(9) for each in features.getFeatures()},
        "in_box": sorted(each[key] for each in features.getFeatures(in_box)),
        "restricted": restricted.setSubsetString(where),
        "of_restricted": sorted(each[key] for each in restricted.getFeatures()),
        "tiles_valid": tiles.isValid(),
        "drawn": drawn(tiles, places),
        "drawn_elsewhere": drawn(tiles, [each + 1e6 for each in places]),
    }


def opened(service, layer):
    """Return a layer as the provider of OGC API Features opens it."""
    return QgsVectorLayer(f"url='{service}' typename='{layer}'", layer, "OAPIF")


def drawn(tiles, places):
    """Return how many pixels of a picture of a place are not its ground."""
    picture = QgsMapSettings()
    picture.setLayers([tiles])
    picture.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    picture.setExtent(QgsRectangle(*places))
    picture.setOutputSize(QSize(256, 256))
    picture.setBackgroundColor(QColor("white"))
    job = QgsMapRendererSequentialJob(picture)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    ground = QColor("white").rgb()
    return sum(image.pixel(x, y) != ground for x in range(256) for y in range(256))


application = QgsApplication([], False)
application.initQgis()
sys.stdout.write(json.dumps(main(*json.loads(sys.argv[1]))))
application.exitQgis()
