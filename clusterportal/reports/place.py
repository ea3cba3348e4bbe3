"""Where in the document a page begins, so that a failure can name the text that was being set: pure."""

from collections.abc import Iterator, Mapping
from typing import Any

# WeasyPrint's way down to where a page begins: the number of a child, and how to go on within it; None at its start.
Way = Mapping[int, Any] | None


def place_at(root: Any, way: Way) -> str:
    """The chapter, the initiative and the section that stand at the end of the way: `4 · Træning, Indsats 5, Formål`.

    `root` is a box of the layout. Elements with `data-title` or `data-place` are named by it, sections by their h4.
    """
    return ", ".join(dict.fromkeys(name for name in _names(root, way) if name))


def _names(box: Any, way: Way) -> Iterator[str]:
    while way is not None and getattr(box, "children", None):
        ((at, way),) = way.items()
        passed = box.children[: at + 1]
        heads = [child.element for child in passed if child.element is not None and child.element.tag == "h4"]
        if heads:
            yield " ".join("".join(heads[-1].itertext()).split())
        box = box.children[min(at, len(box.children) - 1)]
        if box.element is not None:
            yield box.element.get("data-title", "") or box.element.get("data-place", "")
