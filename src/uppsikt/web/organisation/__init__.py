"""Municipality, units over time, people, roles, and the one gate to every object."""
