"""The exports room: how a layer leaves the house as a file.

In come a store, a layer's name and a format; out goes one file that bears licence, sources, build and, where
the place is made up, the mark that says so. Nothing is asked of other hosts, neither now nor when the file is
opened.
"""

from visavis.exports.exporting import FORMATS, export

__all__ = ["FORMATS", "export"]
