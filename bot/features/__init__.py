"""The feature list: a folder a feature."""
