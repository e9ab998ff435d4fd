"""What is said about exports: each kind of message, declared once."""

from bot.features.exports import orders, views
from bot.features.exports.notices import ExportAsk, ExportCard, ExportFile, ExportWhen, Progress
from bot.views.messages import loaded, message

MESSAGES = (
    message(ExportAsk, views.ask),
    message(ExportWhen, views.when),
    loaded(ExportCard, orders.load, Progress, views.card),
    loaded(ExportFile, orders.load_file, ExportFile, views.file),
)
