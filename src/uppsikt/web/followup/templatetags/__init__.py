"""What the templates of follow-up show in their own way."""
