"""Cameras that a table lists: rows and a declared reading in, cameras on the ground out."""

from visavis.digitising.listed.declared import FIELDS, Reading

__all__ = ["FIELDS", "Reading"]
