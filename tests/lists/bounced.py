"""Reports of mail servers for tests, written after the shapes that servers send."""

from email.message import Message


def status_report(
    *blocks: str,
    about: str = "Reporting-MTA: dns; mx.example.net",
    more: str = "Auto-Submitted: auto-replied\n",
    text: str = "I could not deliver your message.",
) -> bytes:
    """Write a report as Postfix does (RFC 3464); each block is the fields of one recipient."""
    groups = "\n\n".join([about, *blocks])
    return (
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net (Mail Delivery System)\n"
        f"Subject: Undelivered Mail Returned to Sender\n{more}MIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b/1"\n\n'
        f"--b/1\nContent-Type: text/plain\n\n{text}\n\n"
        f"--b/1\nContent-Type: message/delivery-status\n\n{groups}\n\n"
        "--b/1\nContent-Type: text/rfc822-headers\n\n"
        "Return-Path: <talk-bounces+abc@lists.example.org>\n"
        "Message-ID: <post@example.org>\nSubject: Talk\n\n--b/1--\n"
    ).encode()


def failed(address: str, status: str, diagnostic: str = "", *, action: str = "failed") -> str:
    """Write the fields of one recipient."""
    code = f"\nDiagnostic-Code: smtp; {diagnostic}" if diagnostic else ""
    return f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}{code}"


def complaint(said: str = "abuse", more: str = "") -> bytes:
    """Write a complaint of a reader, as a feedback loop sends it (RFC 5965)."""
    return (
        "From: <feedback@isp.example>\nSubject: FW: Talk\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nThis is an abuse report.\n\n"
        "--b\nContent-Type: message/feedback-report\n\n"
        f"Feedback-Type: {said}\nUser-Agent: Loop/1\nVersion: 1\n"
        f"Original-Mail-From: <talk-bounces+abc@lists.example.org>\n{more}\n"
        "--b\nContent-Type: message/rfc822\n\n"
        "From: ann@example.org\nMessage-ID: <post@example.org>\n\nWords.\n--b--\n"
    ).encode()


def reply(subject: str = "Talk", more: str = "", *, author: str = "Bob <bob@example.net>") -> bytes:
    """Write what answers by itself to a return path."""
    message = Message()
    message["From"] = author
    message["To"] = "talk-bounces+abc@lists.example.org"
    message["Subject"] = subject
    message.set_payload("I am away and will read your message in May.\n")
    return more.encode() + message.as_bytes()
