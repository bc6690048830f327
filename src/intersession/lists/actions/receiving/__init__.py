"""A post's way in: judged, and then archived and relayed, held, asked about or kept out."""

from intersession.lists.actions.receiving.judging import NotTaken, Opened, Post, opened
from intersession.lists.actions.receiving.outcomes import release
from intersession.lists.actions.receiving.together import receive, receive_all

__all__ = ["NotTaken", "Opened", "Post", "opened", "receive", "receive_all", "release"]
