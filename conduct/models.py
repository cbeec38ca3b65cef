"""Django looks for models here; nobody else may import this module. The models live in their rooms."""

from importlib import import_module
from importlib.util import find_spec

from .floors import FLOORS

for room in FLOORS:
    if find_spec(f"conduct.{room}.models"):
        import_module(f"conduct.{room}.models")
