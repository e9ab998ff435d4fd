# The own record
role-grid-worker = grid worker
role-crew-member = crew member
role-household-head = household head
role-supervisor = supervisor
role-dispatcher = dispatcher
role-member = member
role-admin = administrator
role-none = member
list-comma = { ", " }

language-choice = 请选语言 / Please choose a language
language-changed = Done, English from now on.
