"""HTTP in, HTTP out: each view calls a selector or a service."""
