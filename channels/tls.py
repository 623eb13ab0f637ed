"""Whom we trust when a line is encrypted: the authorities of this machine, read once, for it takes a while."""

from __future__ import annotations

import ssl
from functools import lru_cache


@lru_cache(maxsize=1)
def trusted() -> ssl.SSLContext:
    """Return the settings of encrypted lines, which all channels share."""
    return ssl.create_default_context()
