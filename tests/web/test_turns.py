"""So many pages at once, and none kept waiting for ever."""

import threading
import time

from kazna.web import turns


def test_so_many_at_once_and_the_rest_after_them(monkeypatch):
    inside, most, look = 0, 0, threading.Lock()

    def page(_request):
        nonlocal inside, most
        with look:
            inside += 1
            most = max(most, inside)
        time.sleep(0.02)
        with look:
            inside -= 1
        return "page"

    answer = turns.TurnMiddleware(page)
    askers = [threading.Thread(target=answer, args=(None,)) for _ in range(3 * turns.AT_ONCE)]
    for one in askers:
        one.start()
    for one in askers:
        one.join()

    assert most <= turns.AT_ONCE


def test_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0.01)
    stop = threading.Event()
    slow = turns.TurnMiddleware(lambda _request: stop.wait(5))
    uploads = [threading.Thread(target=slow, args=(None,)) for _ in range(turns.AT_ONCE)]
    for one in uploads:
        one.start()

    assert turns.TurnMiddleware(lambda _request: "page")(None) == "page"

    stop.set()
    for one in uploads:
        one.join()
