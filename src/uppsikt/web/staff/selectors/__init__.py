"""Everything that reads staff and volumes. Selectors are told who asks and where.

people       staff figures of a unit through the years, with small groups hidden
loads        payroll files and which of them counts for each month
volumes      volume figures of a unit at a reporting date
reception    the reception of refugees: cost, compensation, coverage
"""

from uppsikt.web.staff.selectors.loads import (
    DryRun,
    LoadsPage,
    dry_run_of,
    limit_of,
    load_called,
    loads_page,
    rule_of,
    units_by_word,
)
from uppsikt.web.staff.selectors.people import PeoplePage, people_page
from uppsikt.web.staff.selectors.reception import ReceptionPage, reception_page
from uppsikt.web.staff.selectors.volumes import VolumeLine, VolumesPage, seen_of, volume_line, volumes_page

__all__ = [
    "DryRun", "LoadsPage", "PeoplePage", "ReceptionPage", "VolumeLine", "VolumesPage", "dry_run_of", "limit_of",
    "load_called", "loads_page", "people_page", "reception_page", "rule_of", "seen_of", "units_by_word",
    "volume_line", "volumes_page",
]  # fmt: skip
