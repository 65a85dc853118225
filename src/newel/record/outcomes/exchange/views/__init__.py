"""Views of files of questionnaires."""
