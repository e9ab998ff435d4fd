"""Several processes side by side, and what an operator needs of them."""
