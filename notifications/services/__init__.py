"""What may be done with messages: queue, record an arrival, queue again; `delivering.deliver` sends one."""

from notifications.services.arriving import record_arrival, requeue
from notifications.services.delivering import deliver
from notifications.services.queueing import Outgoing, Recipient, queue

__all__ = ["Outgoing", "Recipient", "deliver", "queue", "record_arrival", "requeue"]
