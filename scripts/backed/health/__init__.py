"""How the addresses and works that the evidence rests on fare: asked outside a build, kept as data for a page."""

from .asked import NotAskedError
from .look import Looked, look
from .retraction_watch import ExportError

__all__ = ["ExportError", "Looked", "NotAskedError", "look"]
