# The main keyboard
key-check-in = 📍 On duty
key-check-out = 🏁 Off duty
key-correction = ✏️ Correction
key-my = 📒 My record
key-help = ❓ Help

# What people type
key-words-check-in = on duty, check in, sign in
key-words-check-out = off duty, check out, sign out
