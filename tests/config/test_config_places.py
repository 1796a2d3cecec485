"""Where the user's files live."""

from agent.config import default_config_file, default_data_folder


def test_both_places_belong_to_the_program() -> None:
    """Configuration and data have a folder of the program's own, the same wherever it starts."""
    file, folder = default_config_file(), default_data_folder()

    assert file.parts[-2:] == ("geshao", "config.yaml")
    assert folder.name == "geshao"
    assert (True, True) == (file.is_absolute(), folder.is_absolute())
