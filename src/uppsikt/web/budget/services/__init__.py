"""Everything that writes about budgets. Each function is one thing that a person does."""
