"""What is asked, step by step."""
