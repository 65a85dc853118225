"""What a governance lead finds out about looks at a record from outside a child's care."""

from datetime import datetime

from django.db import transaction

from newel.record.access import audit
from newel.record.access.models import StaffMember
from newel.record.children.models import Child, LookedInto


@transaction.atomic
def look_into(
    *, child: Child, staff: StaffMember, up_to: datetime, words: str, by: StaffMember, at: datetime
) -> LookedInto:
    """For the looks that were shown: what comes after `up_to` is open again."""
    made = LookedInto.objects.create(
        child=child, staff=staff, up_to=up_to, words=words, by=by, at=at
    )
    audit.record(
        "look_into", thing="looked_into", thing_id=made.pk, child_id=child.pk, fields=("words",)
    )
    return made
