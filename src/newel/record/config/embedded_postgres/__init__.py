"""The PostgreSQL that comes with Newel, for every set-up that names no server of its own.

`start` makes and runs a cluster in NEWEL_DATA; it stops by itself after the last process that
called `start` has ended, however that ended.
"""

from newel.record.config.embedded_postgres.binaries import binary
from newel.record.config.embedded_postgres.cluster import Cluster, start
from newel.record.config.embedded_postgres.faults import EmbeddedPostgresError
from newel.record.config.embedded_postgres.findings import Finding, status
from newel.record.config.embedded_postgres.provisioning import provisioning_sql
from newel.record.config.embedded_postgres.secrets_file import Secrets

__all__ = [
    "Cluster",
    "EmbeddedPostgresError",
    "Finding",
    "Secrets",
    "binary",
    "provisioning_sql",
    "start",
    "status",
]
