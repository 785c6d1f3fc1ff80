"""Messages in a folder: each arrives whole, once, and in the order in which it was sent."""

import threading
from pathlib import Path

import pytest
from django.conf import settings
from kombu import Connection
from kombu.simple import SimpleQueue

from config import folder_broker
from config.celery import app


@pytest.fixture
def connection(tmp_path):
    folder_broker.register()
    options = {
        "data_folder_in": str(tmp_path / "broker"),
        "data_folder_out": str(tmp_path / "broker"),
        "control_folder": str(tmp_path / "control"),
        "polling_interval": 0.01,
    }
    with Connection("folder://localhost", transport_options=options) as connection:
        yield connection


def test_messages_arrive_in_order_and_nothing_is_left(connection, tmp_path):
    queue = connection.SimpleQueue("work")
    for number in range(20):
        queue.put({"number": number})
    arrived = []
    for _ in range(20):
        message = queue.get(timeout=5)
        message.ack()
        arrived.append(message.payload["number"])
    assert arrived == list(range(20))
    assert list((tmp_path / "broker").iterdir()) == []
    queue.close()


def test_what_somebody_waits_for_does_not_stand_behind_what_came_before(connection):
    routes = [
        app.amqp.router.route({}, f"{room}.tasks.sweep")["queue"].name for room in ("evidence.documents", "report")
    ]
    assert routes == ["reading", "asked-for"]
    arrived = []

    def take(body, message) -> None:
        arrived.append(body)
        message.ack()

    with connection.Producer() as sender:
        for number in range(20):
            sender.publish(number, exchange="attest", routing_key="reading", declare=settings.CELERY_TASK_QUEUES)
        sender.publish("an export", exchange="attest", routing_key="asked-for")
    with connection.Consumer(settings.CELERY_TASK_QUEUES, callbacks=[take]):
        while len(arrived) < 21:
            connection.drain_events(timeout=5)
    assert arrived.index("an export") < 3
    assert [each for each in arrived if each != "an export"] == list(range(20))


def test_no_message_goes_to_two(connection, tmp_path):
    sender = connection.SimpleQueue("shared-work")
    for number in range(100):
        sender.put(number)
    sender.close()
    arrived = []

    def take() -> None:
        with connection.clone() as own, SimpleQueue(own, "shared-work") as queue:
            while True:
                try:
                    message = queue.get(timeout=0.3)
                except queue.Empty:
                    return
                arrived.append(message.payload)
                message.ack()

    takers = [threading.Thread(target=take) for _ in range(4)]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()
    assert sorted(arrived) == list(range(100))


def test_the_folder_is_its_owners_alone(connection, tmp_path):
    connection.SimpleQueue("work").close()
    assert Path(tmp_path / "broker").stat().st_mode & 0o777 == 0o700
