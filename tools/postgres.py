"""A real PostgreSQL server for tests and benchmarks: in a temporary folder, reached through a socket, and ended."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psutil
import psycopg

# No server of the system's is asked, started or stopped.
_PLACES = [
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/bin",
]

_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # a killed process loses nothing that it handed to the system
    "max_connections": "40",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "log_min_messages": "fatal",
}


class NoServerError(Exception):
    """PostgreSQL or PostGIS is not installed."""


class Cluster:
    """A server and the folder that it lives in."""

    def __init__(
        self, programs: Path, folder: Path, *, most_file_bytes: int = 0, port: int = 0, **settings: str
    ) -> None:
        self._programs, self._folder = programs, folder
        self._most_file_bytes = most_file_bytes
        self._port = port
        self._user = _unprivileged()
        self._numbers = count(1)
        if self._user is not None:
            shutil.chown(folder, self._user)
        segments = ["--wal-segsize=1"] if most_file_bytes else []
        self._run(
            "initdb",
            "-D",
            folder / "data",
            "-U",
            "visavis",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-N",
            *segments,
        )
        with (folder / "data" / "postgresql.conf").open("a") as configured:
            listening = {"listen_addresses": "127.0.0.1", "port": str(port)} if port else {}
            for name, value in (_SETTINGS | listening | settings).items():
                configured.write(f"{name} = '{value}'\n")
            configured.write(f"unix_socket_directories = '{folder}'\n")
            if most_file_bytes:
                configured.write("min_wal_size = 2MB\nmax_wal_size = 8MB\n")
        self.start()

    def target(self, database: str) -> str:
        """Return the address of a database."""
        port = f"&port={self._port}" if self._port else ""
        return f"postgresql://visavis@/{database}?host={self._folder}{port}"

    def fresh(self, *, extension: bool = True) -> str:
        """Make a database, and return its address."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.target("postgres"), autocommit=True) as connection:
            connection.execute(
                f"CREATE DATABASE {name} TEMPLATE {'with_postgis' if extension else 'template0'}"
            )
        return self.target(name)

    def prepare(self) -> None:
        """Make the database that others are copied from: PostGIS takes its time."""
        with psycopg.connect(self.target("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE with_postgis TEMPLATE template0")
        with psycopg.connect(self.target("with_postgis"), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION postgis")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        limit = f"ulimit -f {self._most_file_bytes // 512}; " if self._most_file_bytes else ""
        start = f"-D '{self._folder}/data' -l '{self._folder}/log' -w -t 60 start"
        command = f"{limit}exec '{self._programs}/pg_ctl' {start}"
        self._run("sh", "-c", command)

    def stop(self) -> None:
        """End it at once, whoever is connected."""
        if (self._folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self._folder / "data", "-m", "fast", "-w", "stop")

    def kill(self) -> None:
        """Kill it as a crash would: its children notice and end by themselves."""
        server = psutil.Process(int((self._folder / "data" / "postmaster.pid").read_text().split()[0]))
        family = [server, *server.children(recursive=True)]
        server.kill()
        _, alive = psutil.wait_procs(family, timeout=30)
        if alive:
            raise RuntimeError("parts of the killed server live on")

    def _run(self, program: str, *arguments: object) -> None:
        inside = self._programs / program
        ran = subprocess.run(  # noqa: S603
            [inside if inside.exists() else program, *map(str, arguments)],
            user=self._user,
            cwd=self._folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=120,
        )
        if ran.returncode:
            raise RuntimeError(f"{program} failed: {ran.stdout!r}")


@contextmanager
def cluster(*, most_file_bytes: int = 0, port: int = 0, **settings: str) -> Iterator[Cluster]:
    """Run a server for as long as the block.

    Parameters
    ----------
    most_file_bytes : int
        How long a file may grow: beyond that the server finds its disk full. 0 for no limit.
    port : int
        Where it listens on this machine beside its socket. 0 for nowhere.
    settings
        Settings of the server.

    Raises
    ------
    NoServerError
        Where PostgreSQL or PostGIS is not installed.
    """
    programs = _programs()
    # Not below pytest's folders, which only their owner may enter; and the name of a socket must be short.
    with tempfile.TemporaryDirectory(prefix="visavis-pg-") as name:
        Path(name).chmod(0o755)
        server = Cluster(programs, Path(name), most_file_bytes=most_file_bytes, port=port, **settings)
        try:
            server.prepare()
        except psycopg.Error as error:
            server.stop()
            why = str(error).splitlines()[0]
            raise NoServerError(f"PostGIS is not installed beside PostgreSQL ({why})") from error
        try:
            yield server
        finally:
            server.stop()


def _programs() -> Path:
    found = sorted(
        (folder for place in _PLACES for folder in Path("/").glob(place[1:]) if (folder / "initdb").exists()),
        key=lambda folder: [int(part) for part in folder.parts if part.isdigit()],
    )
    if not found:
        raise NoServerError("no PostgreSQL server here: install postgresql and postgis, as make system does")
    return found[-1]


def _unprivileged() -> str | None:
    """Return whom to run the server as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
