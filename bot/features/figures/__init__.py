"""Figures: what each means, how it is counted, and how the counts are kept and summed.

One definition a figure (`definitions`), counted for a day and an area from the records (`counting`), kept as
roll-ups in which every level is the exact sum of the level below (`rollups`), and read with what has changed
in the last minute (`reading`).
"""
