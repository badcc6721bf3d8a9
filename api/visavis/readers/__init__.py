"""The readers' wing: files become the tables that the rooms work on.

In come paths: dossiers, OpenStreetMap extracts, files of buildings, GeoJSON of cameras, reference tables; out
go tables in CRS84, their sources, and findings that name each thing that could not be read. Nothing here measures.
"""
