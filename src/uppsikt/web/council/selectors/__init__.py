"""Everything that reads about the municipality as a whole. Selectors are told who asks.

committees    all committees beside their frames
results       the result budget in its versions, and whether the budget holds Kommunallagen 11:5
balance       balance investigations, the result reserve, and the three-year clock
"""

from uppsikt.web.council.selectors.balance import BalancePage, balance_page, given_of, investigation_of, reserve_given
from uppsikt.web.council.selectors.committees import CouncilPage, council_page
from uppsikt.web.council.selectors.results import ResultPage, budget_stored, result_page

__all__ = [
    "BalancePage", "CouncilPage", "ResultPage", "balance_page", "budget_stored", "council_page",
    "given_of", "investigation_of", "reserve_given", "result_page",
]  # fmt: skip
