"""Staff and volumes: figures from the payroll system by sex, volume figures, reception of refugees."""
