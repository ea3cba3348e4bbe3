"""Markdown to HTML for texts that users write: CommonMark and tables, no raw HTML, cleaned once more afterwards."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_PARSER = MarkdownIt("commonmark", {"html": False}).disable(["image", "heading", "lheading"]).enable("table")
# A number is never parted from its unit at the end of a line.
_UNIT = re.compile(r"(?<=\d) (?=(?:%|kr\.|mio\.|mm|km|meter)(?!\w))")
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote", "code", "pre", "hr"}
_TABLE = {"table", "thead", "tbody", "tr", "th", "td"}


def to_html(text: str) -> SafeString:
    """Safe HTML: paragraphs, lists, tables, emphasis and links to http(s) and mail addresses; no headings, no pictures.

    A table's head cells tell that they head their column; a column that is set to the right holds figures.
    """
    tokens = _PARSER.parse(_UNIT.sub("\u00a0", text))
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type in {"th_open", "td_open"} and "right" in str(token.attrGet("style")):
            token.attrSet("class", "num")
    html = nh3.clean(
        _PARSER.renderer.render(tokens, _PARSER.options, {}),
        tags=_TAGS | _TABLE,
        attributes={"a": {"href", "title"}, "ol": {"start"}, "th": {"scope", "class"}, "td": {"class"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(html)  # noqa: S308 (nh3 has just cleaned it)
