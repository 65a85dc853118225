"""Fill a migrated database with the demo estate, for the journeys."""

from django.conf import settings

from newel.record.demo import loading


def make() -> None:
    settings.NEWEL_DEMO = True
    loading.load()
