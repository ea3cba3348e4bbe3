"""Template filters of the printed reports."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from clusterportal.reports.printable import problem
from initiatives.markdown import to_html

register = template.Library()


@register.filter
def printed(text: str) -> SafeString:
    """A user's Markdown as HTML; a marked gap that says why where the text cannot be printed."""
    if found := problem(text):
        return render_to_string("reports/_gap.html", {"problem": found})
    return to_html(text)
