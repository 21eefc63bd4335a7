"""Everything that reads about follow-up. Selectors are told who asks.

books         what the ledger tells of units at a date
statement     the statement page
months        the year month by month
forecasts     forecasts of a tree of units
giving        what a unit's forecast is given from
accuracy      how earlier forecasts turned out
comments      comments on figures, on pages and in reports
plans         who owes an action plan, and the plans
limits        the municipality's limits
"""
