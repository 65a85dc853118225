"""Anonymous surveys of the staff and of the residents of a unit.

A wave asks everybody of one place for a time. Slips with codes are drawn from a box; who drew which
is written nowhere. What was answered can be read by nobody, and is worked out for groups of five at
least, once (docs/decisions/0024).
"""
