"""What went wrong with the embedded PostgreSQL, as one sentence a person can act on."""


class EmbeddedPostgresError(Exception):
    """Its text is shown as it is, so it is a whole sentence and names the file or folder meant."""
