"""Fixtures every room's tests share: the network is off, the environment clean, the library in tmp."""

import os
import socket
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import settings

# The gate tries the same examples everywhere; `make fuzz` goes looking for new ones.
settings.register_profile("gate", derandomize=True, deadline=None)
settings.register_profile("fuzz", derandomize=False, max_examples=1_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["ANONYMIZED_TELEMETRY"] = "False"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds" / "documents"


def _is_local(address: object) -> bool:
    host = address[0] if isinstance(address, tuple) else address
    if not isinstance(host, str) or host.startswith("/") or host in ("", "localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def network_off(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any connection beyond loopback fails, unless the test is marked `network`."""
    if request.node.get_closest_marker("network"):
        return
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if not _is_local(address):
            raise OSError(f"the network is off in tests: {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No RAG_ variable or .env of the developer reaches a test; the library lives in tmp."""
    for name in [name for name in os.environ if name.startswith("RAG_") and name != "RAG_DATA"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RAG_HOME", str(tmp_path / "library"))


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five founding documents."""
    return SEEDS
