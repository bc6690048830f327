"""A post's way in: judged, and then archived and relayed, held, asked about or kept out."""

from intersession.lists.actions.receiving.judging import NotTaken
from intersession.lists.actions.receiving.outcomes import receive, release

__all__ = ["NotTaken", "receive", "release"]
