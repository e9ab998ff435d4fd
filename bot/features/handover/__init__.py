"""Handover from one shift to the next, with what is open and the equipment."""
