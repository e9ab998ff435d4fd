"""The roster: areas, posts, people, roles, households and shifts, brought in from a workbook."""

from bot.services.roster.planning import Plan, Step, TablePlan, plan
from bot.services.roster.problems import Problem, Problems
from bot.services.roster.writing import apply

__all__ = ["Plan", "Problem", "Problems", "Step", "TablePlan", "apply", "plan"]
