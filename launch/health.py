"""Whether one of our servers says that it is well."""

import http.client

from launch.ports import HOST

ADDRESS = "/healthz"
# Behind a proxy that speaks TLS the house answers plain requests with a redirection; it believes
# this header only where BEHIND_PROXY says that there is such a proxy.
AS_THE_PROXY = {"X-Forwarded-Proto": "https"}


def is_well(port: int) -> bool:
    """Ask the server on this machine's port; anything but a plain yes is a no."""
    line = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        line.request("GET", ADDRESS, headers=AS_THE_PROXY)
        return line.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
