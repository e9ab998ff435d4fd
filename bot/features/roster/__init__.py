"""The roster: areas, posts, people, roles, households and shifts, brought in from a workbook."""

from bot.features.roster.planning import Plan, PlanStep, TablePlan, plan
from bot.features.roster.problems import Problem, Problems
from bot.features.roster.writing import apply

__all__ = ["Plan", "PlanStep", "Problem", "Problems", "TablePlan", "apply", "plan"]
