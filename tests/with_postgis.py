"""Run a command beside a throwaway PostGIS: start a cluster on a free port, run, stop it, remove it.

Usage: python tests/with_postgis.py COMMAND [ARGUMENT...]
The command finds the cluster's address in FOLKMOOT_TEST_POSTGIS_URL. PostgreSQL refuses to run as root, so as
root the cluster runs as the `postgres` user that Debian's package makes.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path


def _programs() -> Path:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parent.parent.name))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    if found is None:
        sys.exit("PostgreSQL is missing: install it with PostGIS (on Debian: postgresql-postgis), then run this again.")
    return Path(found).resolve().parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(*command: str | Path) -> None:
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*as_postgres, *map(str, command)], capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        sys.exit(f"PostgreSQL could not be started: {done.stderr.strip() or done.stdout.strip()}")


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Yield the address of an empty PostgreSQL cluster that lives as long as the block."""
    programs, port = _programs(), _free_port()
    with tempfile.TemporaryDirectory(prefix="folkmoot-postgis-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
        data = folder / "data"
        _run(programs / "initdb", "--auth=trust", "--username=folkmoot", "--encoding=UTF8", "--no-sync", "-D", data)
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
        _run(programs / "pg_ctl", "-D", data, "-o", settings, "-l", folder / "log", "-w", "start")
        try:
            yield f"postgresql://folkmoot@127.0.0.1:{port}/postgres"
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def main() -> int:
    """Run the command given on the command line beside a cluster and return its exit status."""
    with cluster() as url:
        return subprocess.run(
            sys.argv[1:], env={**os.environ, "FOLKMOOT_TEST_POSTGIS_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
