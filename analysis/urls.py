"""One canonical form for the address of a page, so that a page is known again however it was linked to.

The form names a page and is not meant to be fetched: http and https, `www.` and none, mobile and AMP hosts of one
outlet serve one article, so the form is always https without them; a path never ends in a slash.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import is_normalized, normalize
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

_SCHEMES = ("http", "https")
_TWIN_HOST = re.compile(r"^(?:(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.]))+")
_DEFAULT_PORTS = (None, 80, 443)

_TRACKING = re.compile(
    r"utm_.*|at_[a-z0-9_]+|int_(?:medium|source|campaign|content)|ns_(?:mchannel|source|campaign|linkname|fee)|"
    r"mtm_.*|pk_.*|hsa_.*|fb_.*|wt_z?mc|(?:fbc|gc|dc|twc|ttc|msclk|yc|ysc|wbra|gbra|igsh)(?:lid|id)|srsltid|mc_[ce]id|"
    r"mkt_tok|_ga|_gl|_hs(?:enc|mi)|xtor|cmpid|ref_(?:src|url)|__twitter_impression|spref|smid|epik|dicbo|"
    r"random-post|replytocom|share|nb|doing_wp_cron|"
    r"amp|noamp|nonamp|print|amp_(?:js_v|gsa)|usqp|google_editors_picks|"
    r"phpsessid|jsessionid|aspsessionid\w*"
)
# These say nothing new only with the value named: the first page of several, the AMP or mobile twin.
_IDLE = frozenset(
    {("page", "1"), ("paged", "1"), ("m", "0"), ("m", "1"), ("outputtype", "amp"), ("outputtype", "amp-type")}
    | {("output", "amp"), ("type", "amp"), ("view", "amp"), ("mode", "amp")}
)

_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)  # of the servlets of Java, in the path
_INDEX = re.compile(r"^/index\.php(?=/.)|(?<=/)index\.(?:php|html?)$")  # the file that answers for its folder
_TWIN_SUFFIX = re.compile(r"(?:/(?:amp|print|comment-page-\d+)|\.amp)$|\.amp(?=\.html?$)")
_TWIN_PREFIX = re.compile(r"^/amp(?=/.)")
_TWIN_SECTION = re.compile(r"^/amparticle(?=/\d)", re.IGNORECASE)  # of /article/: al-madina.com, sedaily.com
_SLASHES = re.compile(r"/{2,}")
# A letter with marks, or letters of another script, as they stand once escaped; no digit of an escape is such a letter.
_WRITING = re.compile(r"(?:(?<!%)(?<!%[0-9A-F])[A-Za-z])?(?:%[89A-F][0-9A-F])+")
_TWICE_ESCAPED = re.compile(r"(?:%(?:25)+[89A-Fa-f][0-9A-Fa-f])+")
_ESCAPES = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+|%[0-7][0-9A-Fa-f]")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT_IN_PATH = "%/:@!$&'()*+,;=~"
_KEPT_IN_QUERY = "%/:@!$&'()*+,;=~?"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


@lru_cache(maxsize=4096)  # a crawl names each of its pages many times
def canonical(url: str) -> str:
    """Return the one name of a page; what is no http(s) address names itself, without the spaces around it."""
    bare = _bare(url)
    parts = _split(bare)
    if parts is None:
        return bare
    query = _canonical_query(parts.query)
    return f"https://{_canonical_host(parts)}{_canonical_path(parts.path)}{'?' if query else ''}{query}"


def join(base: str, link: str) -> str | None:
    """Make a link found on the page `base` absolute, without its fragment; None where it leads to no page."""
    bare = _bare(link).replace("&amp;", "&")
    if not bare or bare.startswith("#"):
        return None
    try:
        parts = _split(urljoin(base, bare))
    except ValueError:
        return None
    return parts._replace(fragment="").geturl() if parts else None


def host(url: str) -> str:
    """Return the host of an address in lower case and ASCII, without port and `www.`; empty where there is none."""
    parts = _split(_bare(url))
    return _ascii_host(parts.hostname or "").rstrip(".").removeprefix("www.") if parts else ""


def _bare(url: str) -> str:
    """Take off what browsers take off an address, and what no UTF-8 can hold."""
    return re.sub(r"[\t\r\n]", "", url).strip("".join(map(chr, range(33)))).encode(errors="replace").decode()


def _split(url: str) -> SplitResult | None:
    """Split an http(s) address; None for anything else, such as one with a broken port or none but the scheme."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in _SCHEMES and bool((parts.hostname or "").strip(".")) and parts.port != 0
    except ValueError:
        return None
    return parts if usable else None


def _canonical_host(parts: SplitResult) -> str:
    name = parts.hostname or ""
    name = f"[{name}]" if ":" in name else _TWIN_HOST.sub("", _ascii_host(name).rstrip("."))
    return name if parts.port in _DEFAULT_PORTS else f"{name}:{parts.port}"


def _ascii_host(name: str) -> str:
    try:
        return name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return quote(name, safe="%", errors="replace").lower()


def _canonical_path(path: str) -> str:
    path = _SLASHES.sub("/", _plain_escapes(path, _KEPT_IN_PATH))
    path = _without_dots(path).rstrip("/") or "/"
    path = _TWIN_SECTION.sub("/article", path)
    shorter = _TWIN_SUFFIX.sub("", _TWIN_PREFIX.sub("", _INDEX.sub("", _SESSION.sub("", path))))
    shorter = _TWICE_ESCAPED.sub(_once_escaped, shorter)
    return path if shorter == path else _canonical_path(shorter)


def _once_escaped(escaped: re.Match[str]) -> str:
    """Take one escape of letters that were escaped again off; what is no UTF-8 then is left, as a percent in a slug."""
    once = re.sub("%(?:25)+", "%", escaped[0])
    try:
        unquote(once, errors="strict")
    except UnicodeDecodeError:
        return escaped[0]
    return once


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            kept = kept[:-1] or [""]
        elif part != ".":
            kept.append(part)
    return "/".join(kept)


def _canonical_query(query: str) -> str:
    """Keep what tells pages apart, in one order: the order of parameters names no other page."""
    pairs = _plain_escapes(query.replace("&amp;", "&"), _KEPT_IN_QUERY).split("&")
    return "&".join(sorted(pair for pair in pairs if pair and not _is_idle(pair)))


def _is_idle(pair: str) -> bool:
    name, _, value = pair.lower().partition("=")
    return _TRACKING.fullmatch(name) is not None or (name, value) in _IDLE


def _plain_escapes(text: str, kept: str) -> str:
    """Escape raw letters as UTF-8, unescape what needs no escape, and write the rest in upper-case hex.

    A letter and its marks come out composed (Unicode's NFC), however they were typed.
    """
    escaped = quote(_STRAY_PERCENT.sub("%25", text), safe=kept, errors="replace")
    plain = _ESCAPES.sub(_plain_escape, escaped)
    is_composed = "%" not in plain or is_normalized("NFC", unquote(plain))
    return plain if is_composed else _WRITING.sub(_composed, plain)


def _composed(escaped: re.Match[str]) -> str:
    try:
        return quote(normalize("NFC", unquote(escaped[0], errors="strict")), safe="")
    except UnicodeDecodeError:  # bytes of another charset name a page as they are
        return escaped[0]


def _plain_escape(escaped: re.Match[str]) -> str:
    char = chr(int(escaped[0][1:3], 16))
    return char if char in _UNRESERVED else escaped[0].upper()
