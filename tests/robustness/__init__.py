"""What must hold while everything around the bot breaks."""
