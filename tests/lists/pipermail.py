"""An archive as Mailman 2 wrote it (pipermail): the pages of its months, made from messages."""

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from urllib.parse import quote

INDEXES = ("thread", "subject", "author", "date")


def write_pages(
    folder: Path, base: str, volumes: Mapping[str, Iterable[tuple[str, str]]], *, file: str = ""
) -> list[str]:
    """
    Write a folder of pages and return the address of every one.

    `volumes` give for each month the ids and subjects of its messages; `file` is a path below
    `attachments` that the first message names.
    """
    addresses, number = [f"{base}/", f"{base}/index.html"], 0
    (folder / "index.html").write_text("<html><title>The Talk Archives</title></html>")
    for volume, messages in volumes.items():
        (folder / volume).mkdir()
        for index in INDEXES:
            (folder / volume / f"{index}.html").write_text("<HTML><UL></UL></HTML>")
            addresses.append(f"{base}/{volume}/{index}.html")
        addresses += [f"{base}/{volume}/", f"{base}/{volume}.txt.gz", f"{base}/{volume}.txt"]
        for message_id, subject in messages:
            named = f"{base}/attachments/{file}" if file and number == 0 else ""
            path = f"{volume}/{number:06}.html"
            (folder / path).write_text(_page(message_id, subject, named), encoding="latin-1")
            addresses += [f"{base}/{path}", *([named] if named else [])]
            number += 1
    return addresses


def _page(message_id: str, subject: str, file: str) -> str:
    answer = (
        f"mailto:talk%40lists.example.org?Subject=Re%3A%20{quote(subject)}"
        f"&In-Reply-To={quote(f'<{message_id}>', safe='')}"
    )
    held = f'URL: &lt;<A HREF="{escape(file)}">{escape(file)}</A>&gt;' if file else ""
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN">
<HTML>
 <HEAD>
   <TITLE> [Talk] {escape(subject)}
   </TITLE>
   <LINK REL="Index" HREF="index.html" >
   <LINK REL="made" HREF="{answer}">
   <META NAME="robots" CONTENT="index,nofollow">
 </HEAD>
 <BODY BGCOLOR="#ffffff">
   <H1>[Talk] {escape(subject)}</H1>
    <B>Zo\u00eb</B>
    <A HREF="{answer}"
       TITLE="[Talk] {escape(subject)}">zoe at example.org
       </A><BR>
    <HR>
<!--beginarticle-->
<PRE>Words. {held}
</PRE>
<!--endarticle-->
</BODY></HTML>
"""
