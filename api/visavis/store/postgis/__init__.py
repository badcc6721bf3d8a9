"""Layers kept in PostgreSQL with PostGIS: each build in a schema of its own, of which one is the current.

A build is written and made the current one in a single transaction, so that nobody ever sees half of it. Who reads
an older build holds a lock on it until done; a build that nobody reads is dropped when the next one is published.
"""

from visavis.store.postgis.publishing import write_postgis
from visavis.store.postgis.reading import PostgisStore

__all__ = ["PostgisStore", "write_postgis"]
