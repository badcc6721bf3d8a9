"""The evidence room: what a regulator files, checks and rebuilds.

In come a store, the papers that it was built from and an operator's key; out goes one zip that holds layers, papers or
their digests, parameters and a report, under a manifest signed with Ed25519. A bundle is checked without the network
and without trust in what it holds.
"""

from visavis.evidence.keys import Signer, fingerprint, new_key, read_public_key, read_signer
from visavis.evidence.manifest import MANIFEST, SIGNATURE, Entry, Inputs, Manifest
from visavis.evidence.sealing import Papers, seal
from visavis.evidence.verifying import Fault, Verdict, verify

__all__ = [
    "MANIFEST",
    "SIGNATURE",
    "Entry",
    "Fault",
    "Inputs",
    "Manifest",
    "Papers",
    "Signer",
    "Verdict",
    "fingerprint",
    "new_key",
    "read_public_key",
    "read_signer",
    "seal",
    "verify",
]
