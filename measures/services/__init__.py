"""What one can do with measures."""

from measures.services.acknowledge import record_acknowledgement
from measures.services.again import explain, order_again
from measures.services.approval import approve, may_judge, refuse
from measures.services.grounds import end_grounds
from measures.services.impose import impose
from measures.services.orders import Order
from measures.services.retry import retry
from measures.services.tickets import progress_ticket

__all__ = [
    "Order",
    "approve",
    "end_grounds",
    "explain",
    "impose",
    "may_judge",
    "order_again",
    "progress_ticket",
    "record_acknowledgement",
    "refuse",
    "retry",
]
