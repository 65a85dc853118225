"""People who sign in. What was done in their name is in `audit_models`."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Case, Q, Value, When

from newel.record.access.audit_models import AuditEvent, AuditHead, AuditQueue, AuditSeal
from newel.record.access.public_ids import new_public_id
from newel.record.access.roles import CHILD_READING_ROLES, RESTRICTED_READING_ROLES, ROLES, Role

__all__ = ["AuditEvent", "AuditHead", "AuditQueue", "AuditSeal", "HeldForm", "StaffMember"]


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
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

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
        ]

    @property
    def their_role(self) -> Role:
        return ROLES[self.role]

    def may(self, capability: str) -> bool:
        return self.is_active and capability in self.their_role.capabilities


class HeldForm(models.Model):
    """What somebody had typed when their session ended, kept encrypted until they sign in again.

    Only the person who was typing gets it back: the database shows a row to nobody else.
    """

    public_id = models.CharField(max_length=14, unique=True, default=new_public_id, editable=False)
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE)
    path = models.CharField(max_length=500)
    sealed_words = models.BinaryField()
    held_at = models.DateTimeField()
