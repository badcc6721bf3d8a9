"""The layers room: the tables that get published, and the single place that declares them.

In come the rooms' tables in their metric CRS; out go the same tables in CRS84, each with its title,
description, legend and order. Store, service, exports and web page all read these declarations.
"""

from visavis.layers.declared import LAYERS, Layer, layer
from visavis.layers.publishing import publish
from visavis.layers.short_names import short_names

__all__ = ["LAYERS", "Layer", "layer", "publish", "short_names"]
