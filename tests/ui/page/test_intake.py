"""What the panel for uploads says it accepts."""

from ingest.loading import LOADERS
from ui.page.intake import intake_markup


def test_the_panel_accepts_and_names_every_kind_there_is_a_loader_for():
    markup = intake_markup(50 * 1024 * 1024)
    accepted = markup.split('accept="')[1].split('"')[0].split(",")
    assert set(accepted) == {*LOADERS, ".zip"}
    assert all(suffix.removeprefix(".") in markup.split('class="help"')[1] for suffix in accepted)
    assert "不超过 50 MB" in markup


def test_a_small_limit_is_said_in_bytes():
    assert "不超过 100,000 字节" in intake_markup(100_000)
