"""
One reader who asks for pages over one connection, with as little work of its own as can be.

`python -I -S bench/reader.py host port asked path…`: asks for each path once, says "warm", waits
for a line, asks `asked` times, and prints the seconds that took. It runs beside the server on the
same cores, so what it spends is taken from the pages: it has nothing but a socket.
"""

import socket
import sys
from time import perf_counter

END = b"\r\n\r\n"
LENGTH = b"content-length: "


def ask(connection: socket.socket, request: bytes) -> None:
    """Ask once and read to the last byte. Raises RuntimeError unless the page is there."""
    connection.sendall(request)
    head = b""
    while (end := head.find(END)) < 0:
        piece = connection.recv(1 << 16)
        if not piece:
            raise RuntimeError("The server hung up.")
        head += piece
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head[:40].decode("latin-1"))
    place = head[:end].lower().index(LENGTH) + len(LENGTH)
    left = int(head[place:end].partition(b"\r")[0]) - (len(head) - end - len(END))
    while left > 0:
        piece = connection.recv(1 << 16)
        if not piece:
            raise RuntimeError("The server hung up.")
        left -= len(piece)


def main() -> None:
    """Read pages, as the docstring says."""
    host, port, asked, *paths = sys.argv[1:]
    requests = [f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode() for path in paths]
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        for request in requests:
            ask(connection, request)
        print("warm", flush=True)  # noqa: T201
        sys.stdin.readline()
        begin = perf_counter()
        for n in range(int(asked)):
            ask(connection, requests[n % len(requests)])
        print(perf_counter() - begin, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
