"""What is said about exports: each kind of message, declared once."""

from bot.features.exports import orders, views
from bot.views.messages import MessageKind

MESSAGES = (
    MessageKind("export.ask", views.ask),
    MessageKind("export.when", views.when),
    MessageKind("export.card", views.card, load=orders.load),
    MessageKind("export.file", views.file, load=orders.load_file),
)
