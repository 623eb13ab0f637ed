"""How much of the machine's memory the embedded Postgres keeps pages in."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

LIMIT = Path("/sys/fs/cgroup/memory.max")
"""What a container may use, or `max`: cgroups(7), version 2."""
MEGABYTE = 2**20
SHARE, LEAST, MOST = 8, 128, 2048


def page_memory(limit: Path = LIMIT) -> int:
    """Return the megabytes: an eighth of the memory, 128 (what Postgres takes by itself) at least and 2048 at most.

    The keys of a million texts are 0.9 GB, read and written all over: what is not kept is fetched again for each text.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):
        memory = min(memory, int(limit.read_text()))
    return max(LEAST, min(MOST, memory // MEGABYTE // SHARE))
