"""Reads sources and templates for arrows that point up or sideways between the layers of the house.

    clusterportal            level 3, knows all
    finance | outcomes       level 2, do not know each other
    meetings                 level 1
    initiatives              level 0, the base

What counts as an arrow: an import; a string that names another app's module, model, template or url
("finance.Voucher", "finance/tab.html", "finance:ledger"); the name of a relation that another app has hung on
a lower model, used in a query; a template tag library. A word that is also a field or relation the reader may
use is not an arrow. Templates in partials/ and base.html serve everyone and may name no app, only the
site-wide pages, whose url names have no namespace.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

LEVELS = {"clusterportal": 3, "finance": 2, "outcomes": 2, "meetings": 1, "initiatives": 0}
# The owner of partials/ and base.html: below every app, yet it may load the base's template tags.
SHARED = "shared"

# Calls whose keywords are lookups, and those whose texts are.
LOOKUP_KEYWORDS = {
    "filter",
    "exclude",
    "get",
    "get_or_create",
    "update_or_create",
    "Q",
    "When",
    "FilteredRelation",
}
LOOKUP_TEXTS = {
    *(
        "annotate",
        "alias",
        "aggregate",
        "values",
        "values_list",
        "order_by",
        "only",
        "defer",
        "distinct",
        "latest",
    ),
    *(
        "select_related",
        "prefetch_related",
        "prefetch_related_objects",
        "filter",
        "exclude",
        "Q",
        "FilteredRelation",
    ),
    *("F", "OuterRef", "Prefetch", "Count", "Sum", "Avg", "Min", "Max", "Coalesce"),
}
# Keywords of columns, filters and sorting that hold a lookup.
LOOKUP_OPTIONS = {"accessor", "field_name", "order_by"}
URL_FUNCTIONS = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
APP_REGISTRY = {"get_model", "get_app_config", "is_installed", "import_module"}


@dataclass(frozen=True)
class Words:
    """Whose a word is that does not name its app; the test fills this from Django and the folders."""

    relations: Mapping[str, Set[str]] = field(default_factory=dict)
    urls: Mapping[str, str] = field(default_factory=dict)
    tag_libraries: Mapping[str, str] = field(default_factory=dict)
    # The packages of clusterportal: "reports:list" and "reports/list.html" are its own.
    subjects: Set[str] = frozenset()


def may_use(reader: str, owner: str) -> bool:
    """Arrows point down; whoever is no app of ours (Django, a library) may be used by all."""
    if owner not in LEVELS or reader == owner:
        return True
    return LEVELS.get(reader, -1) > LEVELS[owner]


def app_in(text: str, words: Words) -> str:
    """The app that a string names as "app.x", "app:x" or "app/x"; empty when none."""
    match = re.fullmatch(r"(\w+)([.:/])\S*", text)
    if not match:
        return ""
    name, sign = match.groups()
    if name in LEVELS:
        return name
    is_url_or_template = sign == ":" or (sign == "/" and text.endswith((".html", ".txt", ".svg")))
    return "clusterportal" if name in words.subjects and is_url_or_template else ""


def python_arrows(app: str, source: str, words: Words) -> list[str]:
    """Forbidden arrows in one module of `app`, as "line: what"."""
    tree = ast.parse(source)
    found = [*_imports(app, tree), *_strings(app, tree, words), *_queries(app, tree, words)]
    return sorted(set(found), key=lambda arrow: int(arrow.split(":")[0]))


def _imports(app: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules = [node.module]
        else:
            # A relative import cannot leave its app.
            continue
        for module in modules:
            if not may_use(app, module.split(".")[0]):
                yield f"{node.lineno}: imports {module}"


def _strings(app: str, tree: ast.Module, words: Words) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if not may_use(app, app_in(node.value, words)):
                yield f"{node.lineno}: names {node.value!r}"
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
            # A migration's dependency, ("finance", "0001_initial").
            first, second = (_text(element) for element in node.elts)
            if not may_use(app, first) and re.match(r"\d{4}_|__(first|latest)__", second):
                yield f"{node.lineno}: depends on {first} {second}"
        elif isinstance(node, ast.Call) and node.args:
            name, argument = _called(node), _text(node.args[0])
            if name in APP_REGISTRY and not may_use(app, argument):
                yield f"{node.lineno}: asks for app {argument!r}"
            if name in URL_FUNCTIONS and not may_use(app, words.urls.get(argument, "")):
                yield f"{node.lineno}: names url {argument!r} of {words.urls[argument]}"


def _queries(app: str, tree: ast.Module, words: Words) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            lookups = list(_lookups(node))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            # initiative.vouchers.all(): the middle name of three.
            lookups = [node.value.attr]
        else:
            continue
        for lookup in lookups:
            owner = _foreign_relation(app, lookup, words)
            if owner:
                yield f"{node.lineno}: follows {lookup!r}, a relation of {owner}"


def _lookups(call: ast.Call) -> Iterator[str]:
    name = _called(call)
    for keyword in call.keywords:
        if name in LOOKUP_KEYWORDS and keyword.arg:
            yield keyword.arg
        elif name in LOOKUP_KEYWORDS | LOOKUP_TEXTS or keyword.arg in LOOKUP_OPTIONS:
            # Also the keys of filter(**{"vouchers__posted": True}).
            yield from _texts(keyword.value)
    if name in LOOKUP_TEXTS:
        for argument in call.args:
            yield from _texts(argument)


def _foreign_relation(app: str, lookup: str, words: Words) -> str:
    for name in re.split(r"__|\.", lookup.lstrip("-")):
        owners = words.relations.get(name, frozenset())
        if owners and not any(may_use(app, owner) for owner in owners):
            return " and ".join(sorted(owners))
    return ""


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _texts(node: ast.AST) -> Iterator[str]:
    return filter(None, (_text(part) for part in ast.walk(node)))


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def template_owner(path: Path) -> str:
    """Whose a template is, by its path inside templates/. Pages of no app are clusterportal's."""
    if path.parts[0] == "partials" or path.as_posix() == "base.html":
        return SHARED
    return path.parts[0] if path.parts[0] in LEVELS else "clusterportal"


def template_arrows(owner: str, source: str, words: Words) -> list[str]:
    """Forbidden arrows in one template of `owner`, as "line: what"."""
    found = []
    for number, line in enumerate(source.splitlines(), 1):
        for tag in re.findall(r"{%.*?%}|{{.*?}}", line):
            names = re.findall(r"""["']([^"']+)["']""", tag)
            found += [f"{number}: names {name!r}" for name in names if not may_use(owner, app_in(name, words))]
            verb, *rest = tag.strip("{%}").split() or [""]
            if verb == "url" and names and not may_use(owner, _url_owner(owner, names[0], words)):
                found.append(f"{number}: names url {names[0]!r} of {words.urls[names[0]]}")
            reader = "initiatives" if owner == SHARED else owner
            if verb == "load":
                libraries = {name: words.tag_libraries.get(name, "") for name in rest}
                found += [f"{number}: loads {name}" for name, app in libraries.items() if not may_use(reader, app)]
            for name in re.findall(r"\.(\w+)\.(?:all|count|first|last|exists)\b", tag):
                relation_of = _foreign_relation(reader, name, words)
                found += [f"{number}: follows {name!r}, a relation of {relation_of}"] if relation_of else []
    return found


def _url_owner(reader: str, name: str, words: Words) -> str:
    owner = words.urls.get(name, "")
    is_site_wide = owner == "clusterportal" and ":" not in name
    return "" if reader == SHARED and is_site_wide else owner
