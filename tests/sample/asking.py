"""Ask the sample press, once and following nothing."""

from __future__ import annotations

import http.client
from urllib.parse import quote, urlsplit


def ask(url: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    """Ask once, following nothing; header names are written with an underscore."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc, timeout=5)
    try:
        target = quote(address.path, safe="/%") + (f"?{address.query}" if address.query else "")
        connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()
