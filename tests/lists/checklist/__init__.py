"""The checklist of `shared/specs/lists.md`: each line with its requirements and their tests."""

from tests.lists.checklist import archive, mail

LINES: dict[str, mail.Line] = {
    **mail.RECEIVING,
    **mail.IDENTITY,
    **mail.MODERATION,
    **mail.TRANSFORMING,
    **mail.SENDING,
    **archive.ARCHIVE,
    **archive.OPERATIONS,
}
