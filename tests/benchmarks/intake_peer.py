"""The peer of the webhook: python-telegram-bot behind Starlette, which echoes each text and stores nothing.

    TELEGRAM_TOKEN=... python -m tests.benchmarks.intake_peer API_URL PORT

It is wired as the library's own example of a custom webhook shows: the update goes into a queue in memory, and the
answer is 200.
"""

import asyncio
import os
import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def _echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


async def _serve(api_url: str, port: int) -> None:
    built = Application.builder().token(os.environ["TELEGRAM_TOKEN"]).base_url(f"{api_url}/bot").updater(None)
    application = built.build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))

    async def webhook(request: Request) -> Response:
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return Response()

    app = Starlette(routes=[Route("/telegram", webhook, methods=["POST"])])
    async with application:
        await application.start()
        await uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False)).serve()
        await application.stop()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], int(sys.argv[2])))
