"""Pages about files of questionnaires."""
