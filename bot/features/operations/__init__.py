"""The bot about itself."""
