"""What is written to the log: one line where a stranger's request makes no sense."""

import logging

LONGEST = 300
"""Signs of such a line; a stranger chooses what stands in it."""


def in_a_line(problem: Exception) -> str:
    """Say what a trouble is, in one line of a log."""
    return " ".join(str(problem).split())[:LONGEST] or type(problem).__name__


class Short(logging.Formatter):
    """Write in one line, without a traceback, what is a stranger's fault and none of ours."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record; whatever `django.security` says is one short line."""
        if not record.name.startswith("django.security"):
            return super().format(record)
        said = " ".join(record.getMessage().split())[:LONGEST]
        plain = logging.makeLogRecord(
            {**record.__dict__, "msg": said, "args": (), "exc_info": None, "exc_text": None}
            | {"levelno": logging.WARNING, "levelname": "WARNING", "stack_info": None}
        )
        return super().format(plain)
