"""Markdown to HTML for texts that users write: CommonMark without raw HTML, cleaned once more afterwards."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_PARSER = MarkdownIt("commonmark", {"html": False}).disable(["image", "heading", "lheading"])
# A number is never parted from its unit at the end of a line.
_UNIT = re.compile(r"(?<=\d) (?=(?:%|kr\.|mio\.|mm|km|meter)(?!\w))")
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br", "blockquote", "code", "pre", "hr"}


def to_html(text: str) -> SafeString:
    """Safe HTML: paragraphs, lists, emphasis and links to http(s) and mail addresses; no headings, no pictures."""
    html = nh3.clean(
        _PARSER.render(_UNIT.sub("\u00a0", text)),
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(html)  # noqa: S308 (nh3 has just cleaned it)
