"""How things are computed: a plain library. It knows no service, no clock and no network."""
