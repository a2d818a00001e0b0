"""The sentences of a report stand in one place each, and none is left out."""

from pkgutil import iter_modules

from include.report import phrases


def test_no_id_has_two_phrases() -> None:
    ids = [id_ for part in phrases.PARTS for id_ in part.PHRASES]

    assert sorted(ids) == sorted(set(ids))
    assert set(phrases.PHRASES) == {*ids, phrases.ALONE}


def test_every_file_is_read() -> None:
    files = {f"{phrases.__name__}.{file.name}" for file in iter_modules(phrases.__path__)}

    assert files == {part.__name__ for part in phrases.PARTS} | {"include.report.phrases.phrase"}
