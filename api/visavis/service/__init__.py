"""The service room: the layers over HTTP, to programs as OGC API Features and to people as a map.

In comes a store; out go features, descriptions of the layers, exports and the page. It only reads: no path
writes, and nothing is measured here. Settings are read once, at the edge, and passed in.

Not yet: documents of a dossier; tiles in the map itself.
"""

from visavis.service.app import create_app
from visavis.service.settings import Settings

__all__ = ["Settings", "create_app"]
