"""The slip between the form that made it and the page that prints it: sealed, in the session of
whoever made it, for some minutes. A reload prints it again; nothing is made twice."""

import time
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from newel.record.access.one_shift_actions import Slip
from newel.record.access.sign_in import sealing

KEY = "newel_slip"
SHOWN_FOR_SECONDS = 10 * 60
_PURPOSE = "slips"


@dataclass(frozen=True)
class Kept:
    password: str
    codes: list[str]


def keep(session: SessionBase, slip: Slip) -> None:
    words = "\n".join([slip.password, *slip.codes])
    sealed = sealing.seal(words.encode(), purpose=_PURPOSE).decode()
    session[KEY] = [slip.staff.public_id, sealed, time.time()]


def kept(session: SessionBase, *, public_id: str) -> Kept | None:
    whose, sealed, made_at = session.get(KEY, ("", "", 0.0))
    if whose != public_id or time.time() - made_at > SHOWN_FOR_SECONDS:
        return None
    password, *codes = sealing.open_sealed(sealed.encode(), purpose=_PURPOSE).decode().split("\n")
    return Kept(password=password, codes=codes)
