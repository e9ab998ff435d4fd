"""What is due, once an occasion."""
