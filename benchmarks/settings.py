"""Newel's settings as served, with one address more: the baseline page."""

from newel.record.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
