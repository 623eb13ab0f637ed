"""What the DAGs of marsad share: the zone, the assets that join them, a task's defaults, a safe command line."""

from __future__ import annotations

import shlex
from datetime import timedelta
from typing import Any

from airflow.sdk import Asset

ZONE = "Africa/Casablanca"
CRAWLS = Asset("marsad://crawls")
PAGES = Asset("marsad://pages")
ARTICLES = Asset("marsad://articles")

DEFAULTS: dict[str, Any] = {
    "owner": "marsad",
    "retries": 2,
    "retry_delay": timedelta(seconds=30),
    "retry_exponential_backoff": 2.0,  # thirty seconds, one minute
    "max_retry_delay": timedelta(minutes=10),
}


def command(*words: str) -> str:
    """Join words into one shell command in which no word can be read as shell."""
    return shlex.join(words)
