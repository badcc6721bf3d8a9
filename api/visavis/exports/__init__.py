"""The exports room: how a layer leaves the house as a file.

In come a store, a layer's name, the part of it that is wanted, and a format; out goes a file, written as a stream,
that bears licence, sources, build and, where the place is made up, the mark that says so. Where a format has no
place for them, a second file lies beside it. Nothing is asked of other hosts, neither now nor when the file is
opened. The portable map alone is made in memory and holds every feature of its layers, so a large city makes a
large file.
"""

from visavis.exports.exporting import EVERYTHING, beside, export, streamed
from visavis.exports.formats import FORMATS, Format
from visavis.exports.part import in_words

__all__ = ["EVERYTHING", "FORMATS", "Format", "beside", "export", "in_words", "streamed"]
