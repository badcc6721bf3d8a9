"""Peers of the engine, each behind a function or a small class: CGAL, a fan of rays, GDAL."""
