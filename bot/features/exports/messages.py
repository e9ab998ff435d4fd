"""What is said about exports: each kind of message, declared once."""

from bot.features.exports import orders, views
from bot.views.messages import DictKind

MESSAGES = (
    DictKind("export.ask", views.ask),
    DictKind("export.when", views.when),
    DictKind("export.card", views.card, load=orders.load),
    DictKind("export.file", views.file, load=orders.load_file),
)
