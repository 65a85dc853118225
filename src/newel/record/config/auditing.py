"""`newel audit verify`."""

from collections.abc import Callable

import django


def verify(say: Callable[[str], object]) -> int:
    django.setup()
    from newel.record.access import audit_chain

    findings = audit_chain.verify()
    for finding in findings:
        say(finding.sentence)
    if not findings:
        say("The audit is whole: no row altered, inserted or missing.")
    return 1 if findings else 0
