"""The verbs of the register."""

from intersession.coalitions.actions.registry import close_loading, load_registry
from intersession.coalitions.actions.seats import seat

__all__ = ["close_loading", "load_registry", "seat"]
