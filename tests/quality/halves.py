"""Which articles of the labelled sets nobody looks at: the one split that all their figures go by."""

from __future__ import annotations

import hashlib


def is_sealed(name: str) -> bool:
    """Tell whether an article, or what is told together under this name, is of the sealed half: by its name alone."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1
