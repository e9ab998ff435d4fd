"""Cases: what hazards and requests share."""
