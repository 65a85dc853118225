"""What has been loaded so far, by the keys of the estate's files."""

from dataclasses import dataclass, field

from newel.record.access.models import StaffMember
from newel.record.children.models import Child
from newel.record.demo.relative_days import Calendar
from newel.record.establishments.models import Agency, Setting, Unit


@dataclass
class Estate:
    """What has been loaded so far, by the keys of the files."""

    calendar: Calendar
    staff: dict[str, StaffMember] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    settings: dict[str, Setting] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)
