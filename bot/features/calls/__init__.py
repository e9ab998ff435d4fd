"""Calls (一呼): something said to many people, what is asked of them, and who has answered."""
