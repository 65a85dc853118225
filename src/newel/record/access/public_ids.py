"""Random ids for addresses: a page's address says nothing about how many there are, or when."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"  # nothing that looks like something else
LENGTH = 14  # 30^14, about 69 bits


def new_public_id() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class PublicIdConverter:
    """The `<public_id:…>` part of an address."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
