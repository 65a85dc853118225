"""Questionnaires of one child that leave as a file, and that come in from one.

A room of its own inside outcomes. `newel.evidence.measures.exchange` reads and writes the files;
here it is decided what may leave, and a person decides what comes in.
"""
