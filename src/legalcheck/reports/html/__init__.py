"""The report as one self-contained HTML page: the draft with its marks on one side, the findings on the other.

The page asks for nothing from outside. Its Content-Security-Policy allows the one style sheet and the one script that
are written into it, each by its SHA-256, and nothing else; whatever comes from a draft is escaped by the template.
Without a script the page still reads and its links still lead from a mark to its finding and back.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

    from ..outcome import Outcome


def render(outcomes: Sequence[Outcome]) -> str:
    """Outcomes as one page; the same outcomes give the same bytes."""
    from ..words import SEVERITY
    from .view import build

    shell = _shell()
    views = [build(number, outcome) for number, outcome in enumerate(outcomes, 1)]
    words = list(SEVERITY.values())
    return shell.template.render(views=views, words=words, css=shell.css, js=shell.js, policy=shell.policy)


class _Shell(NamedTuple):
    """What is the same in every page."""

    template: jinja2.Template
    css: Markup
    js: Markup
    policy: str


@cache
def _shell() -> _Shell:
    from importlib.resources import files

    import jinja2
    from markupsafe import Markup

    folder = files(__package__)

    def text(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8")

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(text),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css, js = text("page.css"), text("page.js")
    policy = (
        f"default-src 'none'; style-src {_digest(css)}; script-src {_digest(js)}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )
    return _Shell(environment.get_template("page.html.j2"), Markup(css), Markup(js), policy)


def _digest(text: str) -> str:
    """The source expression that allows exactly this inline style or script (CSP Level 3, 2.3.1)."""
    from base64 import b64encode
    from hashlib import sha256

    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
