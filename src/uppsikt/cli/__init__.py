"""The doors of the command line; heavy rooms are imported when they are entered."""
