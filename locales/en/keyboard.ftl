# The main keyboard
key-check-in = 📍 On duty
key-check-out = 🏁 Off duty
key-correction = ✏️ Correction
key-my = 📒 My record
key-help = ❓ Help
