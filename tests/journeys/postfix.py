"""A Postfix of the test's own: an instance in a temporary folder, on a free port, as root."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.outbox.mailserver import free_port

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = {commands}
daemon_directory = {daemons}
shlib_directory = {daemons}/..
meta_directory = /etc/postfix
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.example.org
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
relay_domains = lists.example.org, example.net
smtpd_relay_restrictions = permit_mynetworks, reject
transport_maps = inline:{{
  {{ lists.example.org = lmtp:inet:127.0.0.1:{lists} }},
  {{ example.net = smtp:[127.0.0.1]:{world} }} }}
lmtp_destination_recipient_limit = 10
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtp_tls_security_level = none
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
alias_maps =
local_recipient_maps =
local_transport = error:no local mail
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
"""

MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup    unix  n - n 60 1 pickup
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
verify    unix  - - n - 1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n - - proxymap
smtp      unix  - - n - - smtp
relay     unix  - - n - - smtp
lmtp      unix  - - n - - lmtp
error     unix  - - n - - error
retry     unix  - - n - - error
discard   unix  - - n - - discard
showq     unix  n - n - - showq
anvil     unix  - - n - 1 anvil
scache    unix  - - n - 1 scache
tlsmgr    unix  - - n 1000? 1 tlsmgr
postlog   unix-dgram n - n - 1 postlogd
"""

PROGRAM = shutil.which("postfix") or shutil.which("postfix", path="/usr/sbin:/usr/local/sbin")


def why_not() -> str:
    """Say why Postfix cannot be run here; empty where it can."""
    if PROGRAM is None:
        return "Postfix is not installed here."
    return "" if os.geteuid() == 0 else "Postfix runs only as root."


@contextmanager
def postfix(*, lists: int, world: int, more: str = "") -> Iterator[int]:
    """
    Run Postfix and yield its port; `lists` is our LMTP port, `world` where other mail goes.

    `more` are lines of `main.cf`.

    Its folder lies where its own user can reach it, which a test's folder does not.
    """
    assert PROGRAM is not None
    folder = Path(mkdtemp(prefix="intersession-postfix-"))
    folder.chmod(0o755)
    for name in ("queue", "data", "etc"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix", "postfix")
    port = free_port()
    words = {
        "folder": folder, "lists": lists, "world": world,
        "commands": Path(PROGRAM).parent, "daemons": Path("/usr/lib/postfix/sbin"),
    }  # fmt: skip
    (folder / "etc/main.cf").write_text(MAIN.format(**words) + more)
    (folder / "etc/master.cf").write_text(MASTER.format(port=port))
    _run(folder, "start")
    try:
        yield port
    except BaseException:
        log = folder / "log"
        pytest.fail(log.read_text() if log.exists() else "Postfix wrote no log.")
    finally:
        _run(folder, "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, verb: str) -> None:
    done = subprocess.run(
        [str(PROGRAM), "-c", str(folder / "etc"), verb], capture_output=True, text=True, check=False
    )
    log = folder / "log"
    told = log.read_text() if log.exists() else ""
    assert done.returncode == 0, f"{verb}: {done.stdout}{done.stderr}{told}"
