"""Peers of the engine, each behind a small class: CGAL, a fan of rays, GDAL."""


class PeerMissingError(Exception):
    """A peer cannot be had on this machine; the message says what is lacking."""
