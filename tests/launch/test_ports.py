"""A port that cannot be used is a sentence with a way out."""

import socket

import pytest

from launch.errors import Refusal
from launch.ports import Ports, require_free


def test_the_ports_are_chosen_by_variables() -> None:
    assert Ports.from_environment({}) == Ports(8000, 8010, 8020)
    assert Ports.from_environment({"PORT": "9000", "GUARD_PORT": "9001"}) == Ports(9000, 9001, 8020)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "８０００"])
def test_what_is_no_port_number_is_refused_by_name(text: str) -> None:
    with pytest.raises(Refusal, match="SANDBOX_PORT must be a port number"):
        Ports.from_environment({"SANDBOX_PORT": text})


def test_a_port_in_use_names_the_port_and_the_variable_to_change() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Refusal, match=rf"Port {port} .*`GUARD_PORT={port + 1} script/server"):
            require_free(port, "GUARD_PORT")
    require_free(port, "GUARD_PORT")
