"""Newel: one record and one evidence base around the child."""
