"""The service room: the layers over HTTP, to programs as OGC API Features and to people as a map.

In comes a store; out go features, descriptions of the layers, exports and the page. It only reads: no path
writes, and nothing is measured here. Settings are read once, at the edge, and passed in.

Not yet: filters other than by box, day and equal text; tiles; documents; HTML pages for collections and items.
"""

from visavis.service.app import create_app
from visavis.service.settings import Settings

__all__ = ["Settings", "create_app"]
