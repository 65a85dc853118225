"""Activators: what we understand about this child, as statements, and the one page that is used
on the floor."""
