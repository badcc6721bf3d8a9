"""Sheets of pixels: the camera symbols of a scan, a photograph or a photocopy.

Comes in: the bytes of a PNG, JPEG or TIFF, or the page of a PDF that holds a picture alone, and the legend.
Goes out: a `Scan`, and the same `Mark`s that vector reading gives, each with the error of place and direction.
Never: a direction that the symbol doesn't show, a threshold for one sheet, an example of the legend as a camera.
"""

from visavis.digitising.scans.opening import is_picture, open_picture, page_picture, picture_pages
from visavis.digitising.scans.scan import Scan

__all__ = ["Scan", "is_picture", "open_picture", "page_picture", "picture_pages"]
