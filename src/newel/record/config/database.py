"""Which database, and as whom: production's, named in the environment, or the embedded one."""

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from newel.record.config import embedded_postgres
from newel.record.config.embedded_postgres import Cluster
from newel.record.config.place import data_home

SERVICE = "service"
OWNER = "owner"

# Of one worker, which has four threads. A database that is away is found out at once and asked
# again at the next page: nobody waits in front of it, and /healthz is not kept waiting behind them.
POOL = {"min_size": 1, "max_size": 8, "timeout": 3, "reconnect_timeout": 1}

# Of what a page asks, planning takes longer than answering. After the third time on a connection,
# PostgreSQL keeps the plan; values are sent beside the SQL and are never part of it.
PREPARED = {"server_side_binding": True, "prepare_threshold": 3}

_VARIABLES = {SERVICE: "DATABASE_URL", OWNER: "DATABASE_OWNER_URL"}


class NotSetUp(Exception):
    """Something of the environment is missing. The message is a sentence for who set it up."""


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def role() -> str:
    """`newel migrate` runs as the owner; everything else as a role that owns nothing."""
    return os.environ.get("NEWEL_DATABASE_ROLE", SERVICE)


def url(as_role: str) -> str:
    if is_embedded():
        return cluster().url(as_role, name())  # type: ignore[arg-type]
    variable = _VARIABLES[as_role]
    if variable not in os.environ:
        raise NotSetUp(f"{variable} is not set. Newel needs it to act as the {as_role}.")
    return os.environ[variable]


def name() -> str:
    """The demo and the tests have databases of their own beside the real one."""
    if is_embedded():
        return os.environ.get("NEWEL_DATABASE_NAME", "newel")
    return unquote(urlsplit(os.environ["DATABASE_URL"]).path.lstrip("/"))


def cluster() -> Cluster:
    """The database that Newel brings, running. Test runs give up safety in a power cut."""
    return embedded_postgres.start(data_home(), durable=not os.environ.get("NEWEL_TESTS"))


def settings_for(as_role: str) -> dict[str, Any]:
    parts = urlsplit(url(as_role))
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    options["application_name"] = f"newel {as_role}"
    options |= PREPARED
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": parts.hostname,
        "PORT": parts.port or 5432,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "NAME": unquote(parts.path.lstrip("/")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0,
        "ATOMIC_REQUESTS": False,
    }
