"""People: joining, accounts, groups, leaving."""
