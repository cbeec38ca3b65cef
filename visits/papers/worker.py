"""Rendering in a child process of a warm parent: fonts and stylesheet are loaded before the fork."""

import gc

from conduct.base.apart import Failed as RenderFailed
from conduct.base.apart import apart

from .render import render, warm_up

__all__ = ["RenderFailed", "render_apart"]


def render_apart(paper):
    """`render(paper)` in a child. Raises RenderFailed."""
    warm_up()
    gc.freeze()
    try:
        return apart(lambda: _render(paper))
    finally:
        gc.unfreeze()


def _render(paper):
    gc.disable()  # a child of one document has nothing to collect; the memory limit holds
    return render(paper)
