"""A synthetic ledger: invented entries that add up to the printed figures of 2019 and 2024.

plan        the invented code plan, and how each place of it looks
units       which responsibility codes a unit has on a day
printed     the printed figures, and which entries make each of them
fitting     amounts that make every printed figure; exact splitting
amounts     what is booked at each place in each year
booking     from amounts to entries with accounts, months and vouchers
making      all of it
codes       the code plan as the register of codes has it
"""

from uppsikt.web.demo.ledger.codes import make_codes
from uppsikt.web.demo.ledger.making import make_entries
from uppsikt.web.demo.ledger.plan import FOLDER

RECIPE = "1"  # change it when the same files shall make other entries

__all__ = ["FOLDER", "RECIPE", "make_codes", "make_entries"]
