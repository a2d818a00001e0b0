"""config/gate.toml: what it may say, and what is said about what it may not."""

import shutil
from pathlib import Path

import pytest

from include.company import ConfigError, load
from include.thresholds import Gate

CONFIG = Path(__file__).parents[1] / "config"
ACCEPTED = """
[[accepted]]
rule = "volume"
table = "leads"
region = "{region}"
first = 2026-10-31
last = {last}
why = "office closed"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONFIG, tmp_path / "config"))


def written(folder: Path, text: str) -> Gate:
    (folder / "gate.toml").write_text(text)
    return load(folder).gate


def test_the_samples_file_says_what_holds_without_it(folder: Path) -> None:
    with_file = load(folder).gate
    (folder / "gate.toml").unlink()
    assert with_file == load(folder).gate == Gate()


def test_a_key_changes_itself_and_no_other(folder: Path) -> None:
    gate = written(folder, "[volume]\nwarn_below = 0.7\n")
    assert gate.volume.warn_below == 0.7
    assert gate.volume.hold_below == Gate().volume.hold_below


def test_what_was_accepted_is_read(folder: Path) -> None:
    [accepted] = written(folder, ACCEPTED.format(region="spain", last="2026-11-30")).accepted
    assert (accepted.rule, accepted.region, accepted.why) == ("volume", "spain", "office closed")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[volume]\nwarn_bellow = 0.4", r"gate\.toml: volume\.warn_bellow: no such key; remove it \(it is 0\.4\)"),
        ("[volumes]\nweeks = 4", r"gate\.toml: volumes: no such key; remove it"),
        ("[rejects]\nwarn_above = 5", r"rejects\.warn_above: Input should be less than or equal to 1 \(it is 5\)"),
        (
            "[rejects]\nhold_above = 0.01",
            r"rejects: warn_above 0\.05 is greater than hold_above 0\.01; lower warn_above or raise hold_above",
        ),
        ("[volume]\nhold_below = 0.6", r"volume: hold_below 0\.6 is greater than warn_below 0\.5; lower hold_below"),
        ("[amounts]\nwarn_times = 'five'", r"amounts\.warn_times: Input should be a valid number.* \(it is 'five'\)"),
        ("[volume.quiet]\nspain = ['Xmas']", r"volume\.quiet\.spain\.0: Input should be a valid date .*'Xmas'"),
        ("[volume.quiet]\nspian = [2026-12-25]", r"volume\.quiet\.spian: no region is called spian; write one of .*"),
        (ACCEPTED.format(region="spian", last="2026-11-30"), r"accepted, 'office closed': no region is called spian"),
        (ACCEPTED.format(region="spain", last="2026-10-01"), r"accepted\.0: last 2026-10-01 is before first"),
        (ACCEPTED.format(region="spain", last="2026-11-30").replace('"volume"', '"freshness"'), r"accepted\.0\.rule: "),
        ("[volume", r"gate\.toml: "),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_key_and_what_to_change(folder: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        written(folder, text)
