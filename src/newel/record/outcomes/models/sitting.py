"""The time in which somebody answers by their own hand, without a sign-in."""

from django.db import models
from django.db.models import F, Q

from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.outcomes.models.given import Form

TABLET, LINK, OPENED_LINK = "tablet", "link", "opened"
KINDS = [
    (TABLET, "A tablet that was handed over"),
    (LINK, "A personal link, also as a QR code, that nobody has opened yet"),
    (OPENED_LINK, "A personal link that was opened, in the browser that opened it"),
]
ENDINGS = [
    ("finished", "Everything was answered"),
    ("stopped", "They stopped"),
    ("time", "The time was over"),
    ("taken_back", "The worker took it back"),
    ("used", "The link was opened"),
]


class Sitting(models.Model):
    """Whoever holds its secret reaches the questions of this one form and nothing else. The secret
    itself is kept nowhere, only its hash."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="sittings")
    kind = models.CharField(max_length=10, choices=KINDS)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    made_by = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=12, choices=ENDINGS, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form"],
                condition=Q(ended_at__isnull=True),
                name="outcomes_sitting_one_open",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")), name="outcomes_sitting_ends_after_start"
            ),
        ]

    @property
    def is_unopened_link(self) -> bool:
        """Its secret stands on a sheet of paper: it is exchanged for another before it opens."""
        return self.kind == LINK
