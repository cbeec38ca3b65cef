"""What a screen reader would stumble over."""

from axe_playwright_python.sync_playwright import Axe


def axe(page):
    """[(rule, [piece of HTML, …]), …] of what axe finds wrong; empty when nothing is."""
    return [(violation["id"], [node["html"][:200] for node in violation["nodes"]]) for violation in Axe().run(page).response["violations"]]
