"""What everybody may use: clocks, texts, geometry, files; knows nothing of duty."""
