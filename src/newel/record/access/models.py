"""People who sign in. What was done in their name is in `audit_models`."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Case, Q, Value, When

from newel.record.access.audit_models import AuditEvent, AuditHead, AuditQueue, AuditSeal
from newel.record.access.public_ids import new_public_id
from newel.record.access.roles import (
    CHILD_READING_ROLES,
    ONE_SHIFT_ROLES,
    RESTRICTED_READING_ROLES,
    ROLES,
    Role,
)

__all__ = [
    "AuditEvent",
    "AuditHead",
    "AuditQueue",
    "AuditSeal",
    "HeldForm",
    "SavedForm",
    "StaffMember",
]


def _true_for(roles: tuple[str, ...]) -> Case:
    return Case(When(role__in=roles, then=Value(True)), default=Value(False))


class StaffManager(BaseUserManager["StaffMember"]):
    def get_by_natural_key(self, username: str | None) -> "StaffMember":
        return self.get(username=(username or "").casefold())


class StaffMember(AbstractBaseUser):
    """Any worker, of any employer, who signs in. One person has one role; posts say where."""

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=150, db_index=True)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=40, choices=[(r.code, r.name) for r in ROLES.values()])
    reads_children = models.GeneratedField(
        expression=_true_for(CHILD_READING_ROLES),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    reads_restricted = models.GeneratedField(
        expression=_true_for(RESTRICTED_READING_ROLES),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    is_active = models.BooleanField(default=True)
    must_choose_password = models.BooleanField(
        default=False, help_text="The password was set by somebody else and handed over."
    )
    first_password_until = models.DateTimeField(
        null=True, blank=True, help_text="After it the handed-over password opens nothing."
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    open_until = models.DateTimeField(
        null=True, blank=True, help_text="When an account for one shift closes by itself."
    )

    objects = StaffManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=list(ROLES)), name="access_staffmember_known_role"
            ),
            models.CheckConstraint(
                condition=Q(is_active=True) | Q(ended_at__isnull=False),
                name="access_staffmember_ended_when_inactive",
            ),
            models.CheckConstraint(
                condition=Q(role__in=ONE_SHIFT_ROLES, open_until__isnull=False)
                | (~Q(role__in=ONE_SHIFT_ROLES) & Q(open_until__isnull=True)),
                name="access_staffmember_one_shift_ends",
            ),
        ]

    @property
    def their_role(self) -> Role:
        return ROLES[self.role]

    def is_open(self, *, at: datetime) -> bool:
        """Not ended, and not an account for a shift that is over."""
        return self.is_active and (self.open_until is None or self.open_until > at)

    def may(self, capability: str) -> bool:
        return self.is_active and capability in self.their_role.capabilities


class SavedForm(models.Model):
    """That a form has been saved, so that a second press of its button saves nothing twice.

    A form is known by an id made with its page, its words by a keyed digest: no word is kept.
    """

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE)
    form_id = models.CharField(max_length=40)
    words_digest = models.BinaryField()
    then = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "form_id", "words_digest"], name="access_savedform_saved_once"
            )
        ]


class HeldForm(models.Model):
    """What somebody had typed when their session ended, kept encrypted until they sign in again.

    Only the person who was typing gets it back: the database shows a row to nobody else.
    """

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE)
    path = models.CharField(max_length=500)
    sealed_words = models.BinaryField()
    held_at = models.DateTimeField()
