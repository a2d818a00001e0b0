"""A company of two regions and two sources of files, small enough to run real nights on in seconds."""

import json
import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

REGIONS = """
[company]
name = "Tiny"
currency = "EUR"
recipients.en_US = ["whole@example.com"]

[nights.only]
zone = "Europe/Madrid"
regions = ["north", "south"]
company = true

[regions.north]
name = "North"
countries = ["FR"]
currency = "EUR"
timezone = "Europe/Paris"
recipients.en_US = ["north@example.com"]

[regions.south]
name = "South"
countries = ["ES"]
currency = "EUR"
timezone = "Europe/Madrid"
recipients.es_ES = ["south@example.com"]
"""
SOURCES = """
[{name}_ads]
kind = "files"
path = "{drop}/{name}"
tables = ["ad_spend_daily"]
required = true
regions = ["{name}"]
"""
SPEND = {
    "date": "{day}", "platform": "ads", "ad_account_id": "1", "account_timezone": "Europe/Madrid", "campaign_id": "c1",
    "campaign_name": "Spring", "channel": "paid_search", "country": "ES", "currency": "EUR", "impressions": "100",
    "clicks": "10", "spend": "12.50",
}  # fmt: skip


@dataclass(frozen=True)
class Tiny:
    """Its folders, and what lies in them."""

    root: Path

    @property
    def settings(self) -> dict[str, str]:
        """Where Airflow finds this company."""
        return {
            "CONFIG_DIR": str(self.root / "config"),
            "LAKE_URI": str(self.root / "lake"),
            "REPORTS_URI": str(self.root / "reports"),
            "DELIVERY_URL": f"sqlite:///{self.root}/delivery.db",
        }

    def configure(self, config: Path) -> None:
        """Write the configuration; channels and funnel are those of `config`."""
        folder = self.root / "config"
        folder.mkdir()
        for name in ("channels.toml", "funnel.toml"):
            (folder / name).write_text((config / name).read_text())
        (folder / "regions.toml").write_text(REGIONS)
        sections = [SOURCES.format(name=name, drop=self.root / "drop") for name in ("north", "south")]
        (folder / "sources.toml").write_text("".join(sections))

    def drop(self, region: str, day: date, at: datetime) -> None:
        """A file of ad spend, put there at `at`."""
        file = self.root / "drop" / region / "ad_spend_daily.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{','.join(SPEND)}\n{','.join(SPEND.values())}\n".format(day=day))
        os.utime(file, (at.timestamp(), at.timestamp()))

    def publish(self, day: date) -> None:
        """Reports of every edition, as the report room leaves them."""
        for region, locale in (("north", "en_US"), ("south", "es_ES"), ("company", "en_US")):
            folder = self.root / "reports" / day.isoformat() / region / locale
            folder.mkdir(parents=True, exist_ok=True)
            manifest = {"subject": f"{region}, {day}", "pages": 1, "content_hash": f"{region}{day}".ljust(64, "0")}
            (folder / "manifest.json").write_text(json.dumps(manifest))
            (folder / "report.pdf").write_bytes(b"%PDF-1.7")
