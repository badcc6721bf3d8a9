"""Draws the model town: an invented town, its cameras, and the papers that its authority would disclose.

``python -m tools.model_town`` writes ``data/model-town`` anew, the same bytes each time. Nothing of it is real:
the place lies in the open Atlantic.
"""
