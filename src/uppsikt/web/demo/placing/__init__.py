"""Where each kind of record goes: from what the files say to what is stored, one room a module."""
