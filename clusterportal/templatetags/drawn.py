"""Small partials that a page repeats many times: chips, icons, ages."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.translation import get_language

register = template.Library()

# Far more than all chips and icons in both languages; the ages of reports come and go.
KEPT = 2048


@register.simple_tag
def drawn(template_name: str, **arguments: Any) -> str:
    """As `{% include template_name with … only %}`, but what is alike is rendered once.

    Only for a partial whose look follows from its arguments, all of them hashable, and from the language alone.
    """
    return _drawn(template_name, get_language(), tuple(arguments.items()))


@lru_cache(maxsize=KEPT)
def _drawn(template_name: str, language: str | None, arguments: tuple[tuple[str, Any], ...]) -> str:
    return get_template(template_name).render(dict(arguments))
