"""The roster: areas, posts, people, roles, households and shifts, brought in from a workbook."""

from bot.features.roster.planning import Plan, Step, TablePlan, plan
from bot.features.roster.problems import Problem, Problems
from bot.features.roster.writing import apply

__all__ = ["Plan", "Problem", "Problems", "Step", "TablePlan", "apply", "plan"]
