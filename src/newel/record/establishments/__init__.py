"""Establishments: settings and their units, agencies, and who works where since when."""
