"""The words and small types that every room shares.

Errors, vocabulary, angles, CRS, provenance, findings and the way in which a room declares its table.

Nothing here knows a camera, a file or a web page.
"""
