"""Accounts: what is asked, and what is said when it is wrong."""

import re
from typing import Any

from django import forms

from newel.record.access import policies
from newel.record.access.names import sort_key
from newel.record.access.roles import LASTING_ROLES
from newel.record.design_system.choice_fields import RadiosField
from newel.record.design_system.fields import TextField
from newel.record.design_system.forms import NewelForm

_USERNAME = re.compile(r"[a-z0-9]([a-z0-9.'-]*[a-z0-9])?")


def role_field() -> RadiosField:
    return RadiosField(
        label="Role",
        called="a role",
        choices=[(role.code, role.name) for role in LASTING_ROLES],
        hints={role.code: role.description for role in LASTING_ROLES},
    )


class AddStaffForm(NewelForm):
    submit_label = "Add this person"
    name = TextField(label="Name", called="their name", max_length=120, width=30)
    username = TextField(
        label="Username",
        called="a username",
        hint="What they sign in with. Small letters, numbers and dots, like clara.peggotty",
        max_length=60,
        width=20,
        spellcheck=False,
    )
    role = role_field()

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if not sort_key(name):
            raise forms.ValidationError("Enter a name with letters in it")
        return name

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"]).casefold()
        if not _USERNAME.fullmatch(username):
            raise forms.ValidationError(
                "Use only small letters without accents, numbers, dots and hyphens"
            )
        policies.check_username_is_free(username)
        return username


class ChangeRoleForm(NewelForm):
    submit_label = "Change role"
    role = role_field()

    def __init__(self, *args: Any, role_now: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"role": role_now}, **kwargs)
