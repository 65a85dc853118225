"""The audit as tables. They belong to the audit's own database role: the service may read them
(as far as policy lets it) and can add to them only through `access_append_audit`."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

HOUSE_CHAIN = 0  # what is not about one child: sign-ins, accounts, places


class AuditEvent(models.Model):
    """One thing that was done or looked at: ids and field names, never words.

    So that a child's record can lawfully be deleted and the chain stay whole.
    """

    event = models.UUIDField(unique=True)
    chain = models.BigIntegerField(help_text="The child's id, or 0 for the house.")
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    act = models.CharField(max_length=60)
    thing = models.CharField(max_length=60)
    thing_id = models.BigIntegerField(null=True)
    fields = ArrayField(models.CharField(max_length=60))
    page = models.CharField(max_length=80)
    request = models.UUIDField(null=True)
    once = models.CharField(max_length=80, null=True)  # noqa: DJ001  NULL is "not a poll" and is not unique
    writer = models.UUIDField(null=True, help_text="The connection that wrote it, at random.")
    number = models.BigIntegerField(null=True, help_text="How many it had written, with this.")
    mac = models.BinaryField()

    class Meta:
        managed = False
        db_table = "access_auditevent"


class AuditQueue(models.Model):
    """Events that are not yet in a chain. Written with the event, emptied by the sealer."""

    event = models.OneToOneField(AuditEvent, on_delete=models.DO_NOTHING, primary_key=True)

    class Meta:
        managed = False
        db_table = "access_auditqueue"


class AuditSeal(models.Model):
    """An event's place in its chain."""

    event = models.OneToOneField(AuditEvent, on_delete=models.DO_NOTHING, primary_key=True)
    chain = models.BigIntegerField()
    seq = models.BigIntegerField()
    link = models.BinaryField()

    class Meta:
        managed = False
        db_table = "access_auditseal"


class AuditHead(models.Model):
    """How long each chain is and how it ends, kept apart from the events."""

    chain = models.BigIntegerField(primary_key=True)
    count = models.BigIntegerField()
    link = models.BinaryField()

    class Meta:
        managed = False
        db_table = "access_audithead"
