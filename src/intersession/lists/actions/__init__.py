"""The verbs of lists."""

from intersession.lists.actions.opening import open_list

__all__ = ["open_list"]
