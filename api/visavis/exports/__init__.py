"""The exports room: how a layer leaves the house as a file.

In come a store, a layer's name and a format; out goes one file that bears licence, sources, build and, where
the place is made up, the mark that says so. Nothing is asked of other hosts, neither now nor when the file is
opened.

Not yet: parts of a layer, and formats beyond these three. The portable map holds every feature of its layers, so
a large city makes a large file.
"""

from visavis.exports.exporting import FORMATS, export

__all__ = ["FORMATS", "export"]
