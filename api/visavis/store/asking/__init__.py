"""What a store can be asked, whichever its kind: the query, its filter, and both as SQL.

In comes a filter in CQL2 (OGC 21-065r2), as text or JSON; out goes a tree of checked expressions, and from a whole
query one condition with bound values in the words of a store's `Dialect`. Nothing here opens a store.
"""

from visavis.store.asking.conditions import after_key, condition, order
from visavis.store.asking.dialect import Condition, Dialect
from visavis.store.asking.expressions import Expression
from visavis.store.asking.joining import meeting
from visavis.store.asking.query import Bounds, Days, Key, Query, Sort, asked_by, sortable
from visavis.store.asking.reading import LANGUAGES, read_filter

__all__ = [
    "LANGUAGES",
    "Bounds",
    "Condition",
    "Days",
    "Dialect",
    "Expression",
    "Key",
    "Query",
    "Sort",
    "after_key",
    "asked_by",
    "condition",
    "meeting",
    "order",
    "read_filter",
    "sortable",
]
