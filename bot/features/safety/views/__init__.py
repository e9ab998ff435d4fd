"""How it reads: facts in, messages out."""
