"""A load balancer: one address before several webhooks, as Telegram knows but one."""

import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from itertools import count


class Balancer:
    """Hands connections to backends in turns, and to the next one if one is gone."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = ports
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}/telegram"
        self._serving: list[threading.Thread] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections, and let go of those that are open when their ends do."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for serving in self._serving:
            serving.join()

    def _accept(self) -> None:
        for turn in count():
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            serving = threading.Thread(target=self._serve, args=(client, turn), daemon=True)
            self._serving.append(serving)
            serving.start()

    def _serve(self, client: socket.socket, turn: int) -> None:
        with client:
            for number in range(len(self._ports)):
                with suppress(OSError), self._connection(turn + number) as backend:
                    back = threading.Thread(target=_pump, args=(backend, client), daemon=True)
                    back.start()
                    _pump(client, backend)
                    back.join()
                    return

    def _connection(self, turn: int) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self._ports[turn % len(self._ports)]))


def _pump(source: socket.socket, sink: socket.socket) -> None:
    """Carry what one says to the other, until one of them is gone."""
    with suppress(OSError):
        while part := source.recv(65536):
            sink.sendall(part)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
