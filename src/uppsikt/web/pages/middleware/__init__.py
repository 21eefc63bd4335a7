"""What every request passes: security headers, kept pages, the reader's language, the error door."""
