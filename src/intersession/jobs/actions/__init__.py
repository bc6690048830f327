"""Putting tasks in the queue, working through it, and what the clock starts."""

from intersession.jobs.actions.clockwork import plan, strike
from intersession.jobs.actions.keeping import forget_files, keep
from intersession.jobs.actions.queue import Wish, advance, enqueue, prune
from intersession.jobs.actions.work import beat, leave, reap, work_once

__all__ = [
    "Wish",
    "advance",
    "beat",
    "enqueue",
    "forget_files",
    "keep",
    "leave",
    "plan",
    "prune",
    "reap",
    "strike",
    "work_once",
]
