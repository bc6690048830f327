"""The verbs of the register."""

from intersession.coalitions.actions.pages import Stale, confirm_page, edit_page
from intersession.coalitions.actions.registry import close_loading, load_registry
from intersession.coalitions.actions.seats import seat

__all__ = ["Stale", "close_loading", "confirm_page", "edit_page", "load_registry", "seat"]
