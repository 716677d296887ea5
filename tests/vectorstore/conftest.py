import pytest


@pytest.fixture
def home(tmp_path):
    """A folder for a library that is not there yet."""
    return tmp_path / "library"
