"""Goal models, goals, indicators, assessments, activities and assignments."""
