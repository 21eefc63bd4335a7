"""Exchange: files in and out. A reader knows no rules and no database."""
