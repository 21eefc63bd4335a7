"""What templates of reviews ask for."""
