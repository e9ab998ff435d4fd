# The list of the morning
digest-head = ☀️ Good morning. Waiting for you: { $count }
digest-done-some = Done already: { $count }
digest-done = ✅ All { $count } on today’s list are done. Well done.
digest-kind-hazard = 🛠 Hazards ({ $command })
digest-kind-household = 🏠 Household heads said something is up
digest-kind-handover = 🔁 Handovers not settled ({ $command })
digest-kind-correction = ✏️ Corrections for you to decide ({ $command })
digest-kind-swap = 🔄 Swaps for you to decide
digest-kind-account = 📱 New accounts to confirm
digest-item-hazard = · { $what } { $who }, due { $time }
digest-item-overdue = · { $what } { $who }, was due { $time }
digest-item-household = · household { $what } of { $who }, told { $time }
digest-item-handover = · { $who }, due { $time }
digest-item-correction = · { $who } ({ $what }), of { $time }
digest-item-swap = · { $who }, shift from { $time } ({ $what })
digest-item-account = · { $who } ({ $what })
digest-more = …and { $count } more.
