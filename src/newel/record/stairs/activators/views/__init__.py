"""The pages of this room that are not the one page."""
