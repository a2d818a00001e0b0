"""A report in one locale, ready to be published and sent."""

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256


@dataclass(frozen=True)
class Draft:
    """An edition before it is printed: all that its PDF is made from."""

    day: str
    region: str
    locale: str
    title: str
    subject: str
    html: str
    json: str
    data: bytes
    workbook: bytes

    def printed(self, pdf: bytes, pages: int, libraries: tuple[tuple[str, str], ...]) -> "Document":
        """The edition with its PDF, printed by `libraries`."""
        return Document(
            self.day, self.region, self.locale, self.subject,
            self.html, pdf, self.json, self.data, self.workbook, pages, libraries,
        )  # fmt: skip


@dataclass(frozen=True)
class Document:
    """An edition: its page, its PDF, the report behind both, its numbers as CSV (which the PDF carries too) and as a
    workbook, and the subject of its message."""

    day: str
    region: str
    locale: str
    subject: str
    html: str
    pdf: bytes
    json: str
    data: bytes
    workbook: bytes
    pages: int
    libraries: tuple[tuple[str, str], ...]

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of the five files: the name of this version in the archive."""
        digest = sha256()
        for part in (self.html.encode(), self.pdf, self.json.encode(), self.data, self.workbook):
            digest.update(len(part).to_bytes(8, "big") + part)
        return digest.hexdigest()

    @property
    def manifest(self) -> str:
        """manifest.json: what this is, and what its bytes depend on."""
        fields = {
            "day": self.day,
            "region": self.region,
            "locale": self.locale,
            "content_hash": self.content_hash,
            "subject": self.subject,
            "pages": self.pages,
            "bytes": {
                "report.html": len(self.html.encode()),
                "report.pdf": len(self.pdf),
                "report.json": len(self.json.encode()),
                "data.csv": len(self.data),
                "data.xlsx": len(self.workbook),
            },
            "libraries": dict(self.libraries),
        }
        return json.dumps(fields, ensure_ascii=False, indent=1) + "\n"

    @property
    def files(self) -> dict[str, bytes]:
        return {
            "report.html": self.html.encode(),
            "report.pdf": self.pdf,
            "report.json": self.json.encode(),
            "data.csv": self.data,
            "data.xlsx": self.workbook,
            "manifest.json": self.manifest.encode(),
        }
