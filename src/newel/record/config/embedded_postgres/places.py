"""Where each thing of an embedded cluster lies inside the folder NEWEL_DATA."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

SYSTEM_HOME = Path("/var/lib/newel")


@dataclass(frozen=True)
class Places:
    data_home: Path

    @property
    def cluster(self) -> Path:
        """The data itself, or a link to it where it had to be kept elsewhere."""
        return self.data_home / "postgresql"

    @property
    def secrets(self) -> Path:
        return self.data_home / "secrets.json"

    @property
    def log(self) -> Path:
        return self.data_home / "postgres.log"

    @property
    def run(self) -> Path:
        return self.data_home / "run"

    @property
    def starting_lock(self) -> Path:
        """Held by the one process that may make or start the cluster."""
        return self.run / "starting.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by every process that uses the cluster; whoever holds it alone may stop it."""
        return self.run / "users.lock"

    @property
    def minder_lock(self) -> Path:
        """Held while a minder lives."""
        return self.run / "minder.lock"

    @property
    def server_lock(self) -> Path:
        """Held by PostgreSQL itself, every backend included, so that no process id is trusted."""
        return self.run / "server.lock"

    @property
    def server_state(self) -> Path:
        return self.run / "server.json"

    def moved_cluster(self, system_home: Path) -> Path:
        """A free folder for a cluster that cannot be kept in `data_home`.

        A folder already there belonged to an earlier `data_home` of the same path, since
        deleted. It may still be somebody's record, so it is left alone.
        """
        name = hashlib.sha256(bytes(self.data_home)).hexdigest()[:16]
        candidates = [system_home / name, *(system_home / f"{name}-{n}" for n in range(2, 1000))]
        return next(place for place in candidates if not place.exists())
