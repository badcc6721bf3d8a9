"""Benchmarks of the engine against its peers, and its agreement with them: `python -m benchmarks.views`.

In come scenes, real and generated; out go ratios measured in one run. Nothing here is part of the package.
"""
