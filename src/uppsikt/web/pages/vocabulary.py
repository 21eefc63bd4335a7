"""Words that live in the core or in the models and that pages show in the reader's language.

They are looked up by the Swedish word itself, so the catalogue has to know them though no template
names them. What a municipality has written is never translated.
"""

from __future__ import annotations

from uppsikt.core.quantities import MissingReason, missing_text
from uppsikt.core.states import GoalState, WorkState
from uppsikt.web.organisation.models import UnitKind


def words() -> tuple[str, ...]:
    """Give every such word once: states, why a figure is missing, the levels of units."""
    states = [state.wording(forecast=forecast) for state in GoalState for forecast in (False, True)]
    states += [state.wording() for state in WorkState]
    return tuple(dict.fromkeys((*states, *map(missing_text, MissingReason), *map(str, UnitKind.labels))))
