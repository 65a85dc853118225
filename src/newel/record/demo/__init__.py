"""The demo estate: fiction that everyone may use and nobody can be hurt by.

Loaded through the rooms' own actions, so that its audit is real. Refused outside demo mode.
"""
