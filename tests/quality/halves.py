"""Which articles of the labelled sets nobody looks at: the one split that all their figures go by."""

from __future__ import annotations

import hashlib

_OPENED = ("u1-", "u2-")  # sets of which both halves are worked on by now: docs/decisions/reports.md


def is_sealed(name: str) -> bool:
    """Tell whether an article, or what is told together under this name, is of the sealed half: by its name alone."""
    return not name.startswith(_OPENED) and hashlib.sha256(name.encode()).digest()[0] % 2 == 1
