"""How fast the hot pages are, beside a page that reads one row on the same server."""
