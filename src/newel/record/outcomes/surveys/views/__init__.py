"""Pages of surveys: of those who run them, and of those who answer."""
