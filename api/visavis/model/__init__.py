"""The words and small types that every room shares: errors, vocabulary, angles, CRS, provenance, findings, schemas.

Nothing here knows a camera, a file or a web page.
"""
