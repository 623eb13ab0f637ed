"""The text that a page shows, and what may state its title: more than any reader of an article makes of it.

Lexbor parses as browsers do, in a third of the time of libxml2. Tags within a line go before: they leave nothing, so
that they hide no name, and unclosed ones would be opened again in every block that follows, as browsers do.
"""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from analysis.furniture import UNSEEN
from analysis.rest import take_out, take_out_furniture
from analysis.statements import is_article_stated

_WITHIN_LINES = (
    "a(?:bbr|cronym)?|b(?:d[io]|ig)?|c(?:ite|ode)|d(?:ata|el|fn)|em|font|i(?:ns)?|kbd|label|mark|nobr|q"
    "|s(?:amp|mall|pan|trike|trong|u[bp])?|tt|u|var|wbr"
)
# Where another tag begins inside one, or a comment ends, its name goes alone: none that browsers open again stays.
_TAGS = r"</?(?:%s)(?=[\s/>])(?:[^<>]*(?<!--)>)?"
_NOTE_WITHIN = re.compile(rb"<!--(?<=[^\s>]<!--)")
_WITHIN = re.compile((_TAGS % _WITHIN_LINES).encode(), re.IGNORECASE)
_WITHIN_BUT_LINKS = re.compile(
    (_TAGS % _WITHIN_LINES.replace("a(?:bbr|cronym)?", "abbr|acronym")).encode(), re.IGNORECASE
)
_MOST_TAGS = 20_000  # for each the parser may go through all that are open
_UNREAD = re.compile(rb"<(/?)(?:template|frameset)(?=[\s/>])", re.IGNORECASE)  # libxml2 gives what browsers hide
_CODE = ["script", "style"]
_BREAKS = "aside, nav, footer, form, menu, dialog"
_TITLED = 'meta[property*="title" i], meta[name*="title" i], meta[itemprop*="title" i]'
_STATES = 'script[type*="ld+json" i]'
_KIND = 'meta[property="og:type" i], meta[name="og:type" i]'
_NAMED = re.compile(r'"(?:headline|name)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_ESCAPED = re.compile(r"&#?\w+;|</?[A-Za-z]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


class Shown:
    """What a page shows, each part read when it is asked for; nothing of one that is built to wear out a parser."""

    def __init__(self, markup: str) -> None:
        self._written = markup.encode(errors="replace")
        within = _WITHIN.sub(b"", self._written)
        self.is_readable = within.count(b"<") <= _MOST_TAGS
        self._page = _parsed(within if self.is_readable else b"")

    @cached_property
    def title(self) -> str:
        """Return the title element."""
        title = self._page.css_first("title")
        return title.text() if title else ""

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Return all that may state the title to readers or machines, escapes undone as often as they may be."""
        metas = [node.attributes.get("content") or "" for node in self._page.css(_TITLED)]
        named = [_JSON_ESCAPE.sub(_unescaped, name) for code in self._statements for name in _NAMED.findall(code)]
        return tuple(" ".join(_undone(each).split()) for each in (self.title, *metas, *named))

    @cached_property
    def states_article(self) -> bool:
        """Whether it says to machines that it is an article."""
        kind = next((node.attributes.get("content") or "" for node in self._page.css(_KIND)), "")
        return kind.strip().lower() in {"article", "news"} or is_article_stated(self._statements)

    @cached_property
    def text(self) -> str:
        """Return all its text but code; again without what stands aside within a line: it may break a name."""
        _ = self.titles, self._statements  # stand in what goes now
        self._page.strip_tags(_CODE)
        whole, aside = _text(self._page), [each for each in self._page.css(_BREAKS) if _goes_on(each.next)]
        take_out(aside)
        return f"{whole} {_text(self._page)}" if aside else whole

    @cached_property
    def rest(self) -> str:
        """Return its text without the furniture that is sure to be none of an article."""
        page = _parsed(_WITHIN_BUT_LINKS.sub(b"", self._written))
        page.strip_tags([*_CODE, *UNSEEN])
        take_out_furniture(page, self.titles)
        page.unwrap_tags(["a"])
        page.merge_text_nodes()
        return _text(page)

    @cached_property
    def _statements(self) -> tuple[str, ...]:
        return tuple(node.text() for node in self._page.css(_STATES))


def _parsed(written: bytes) -> LexborHTMLParser:
    page = LexborHTMLParser(written)
    if page.css_first("template, frameset"):
        page = LexborHTMLParser(_UNREAD.sub(rb"<\1div", written))
    if page.root and _NOTE_WITHIN.search(written):
        take_out([node for node in page.root.traverse(skip_empty=True) if node.is_comment_node])
        page.merge_text_nodes()
    return page


def _text(page: LexborHTMLParser) -> str:
    """Return the text of a page on one line; escapes that stand in it as text undone too, as titles are read."""
    root = page.root
    return " ".join(_undone(root.text(separator=" ")).split()) if root else ""


def _goes_on(after: LexborNode | None) -> bool:
    """Tell whether text follows at once."""
    return after is not None and after.is_text_node and not after.text().isspace()


def _undone(text: str) -> str:
    """Give a text, and again as it is with what it still escapes undone, once and twice, and without tags in that."""
    if not _ESCAPED.search(text):
        return text
    once = unescape(text)
    return f"{text} {_TAG.sub('', once)} {_TAG.sub('', unescape(once))}"


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else " "
