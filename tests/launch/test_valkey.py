"""The embedded broker keeps what it accepted."""

import os
import signal
import time
from pathlib import Path

from kombu import Connection

from launch.process import living_in
from launch.valkey import Broker


def send(broker: Broker, text: str) -> None:
    with Connection(broker.url) as connection:
        queue = connection.SimpleQueue("letters")
        queue.put(text)
        queue.close()


def receive(broker: Broker) -> object:
    with Connection(broker.url) as connection:
        queue = connection.SimpleQueue("letters")
        message = queue.get(timeout=5)
        message.ack()
        queue.close()
        return message.payload


def test_a_message_outlives_a_stop(tmp_path: Path) -> None:
    with Broker(tmp_path) as first:
        send(first, "keep me")
    with Broker(tmp_path) as second:
        assert receive(second) == "keep me"


def test_a_killed_broker_comes_back_with_its_messages_and_says_so(
    tmp_path: Path, said: list[str]
) -> None:
    first = Broker(tmp_path)
    first.start()
    send(first, "keep me")
    time.sleep(1.1)  # it writes to the disk every second
    assert first.child is not None
    os.kill(first.child.popen.pid, signal.SIGKILL)
    first.child.popen.wait()
    with Broker(tmp_path, say=said.append) as second:
        assert receive(second) == "keep me"
    assert said == ["Removed the socket of a Valkey that was killed; its messages are on disk."]


def test_a_broker_that_a_killed_launcher_left_running_is_ended(
    tmp_path: Path, said: list[str]
) -> None:
    forgotten = Broker(tmp_path)
    forgotten.start()
    with Broker(tmp_path, say=said.append):
        assert forgotten.child is not None
        assert not forgotten.child.alive
    assert said == ["Ended the Valkey that a killed predecessor had left running."]
    assert living_in(tmp_path / "valkey") == []
