"""A company that is not the sample: its own configuration, files for every source, a mail server of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.end_to_end.conftest import ROOT, Ran, free_port

NAME = "{{7*7}} & Söhne"
"""Regions of several countries go by the name they are given; a region that is one country by that country's."""
REGIONS = f"""
[company]
name = "{NAME}"
currency = "EUR"
recipients.en_US = ["whole@example.com"]

[nights.europe]
zone = "Europe/Berlin"
regions = ["germany"]

[nights.last]
zone = "America/New_York"
regions = ["usa"]
company = true

[regions.germany]
name = "<script>alert(1)</script>"
countries = ["DE", "AT"]
currency = "EUR"
timezone = "Europe/Berlin"
recipients.es_ES = ["germany@example.com"]

[regions.usa]
name = "=1+1"
countries = ["US", "CA"]
currency = "USD"
timezone = "America/New_York"
paper = "Letter"
recipients.en_US = ["usa@example.com"]
"""
SOURCES = """
[crm]
kind = "files"
path = "{drop}/crm"
tables = ["leads", "crm_stage_history"]
required = true

[ads]
kind = "files"
path = "{drop}/ads"
tables = ["ad_spend_daily"]
required = true

[rates]
kind = "files"
path = "{drop}/rates"
tables = ["fx_rates"]

[books]
kind = "files"
path = "{drop}/books"
tables = ["sales_costs"]
required = true
regions = ["usa"]
"""
SPEND = (
    "date,platform,ad_account_id,account_timezone,campaign_id,campaign_name,channel,country,currency,impressions,clicks,"
    "spend"
)
LEADS = "lead_id,created_at,channel,country,is_test,updated_at"
STAGES = "entity_type,entity_id,stage,source_stage,is_stage_change,entered_at,valid_from,recorded_at"
COSTS = "cost_id,cost_date,cost_type,acquisition_scope,stage,country,amount,currency"
RATES = "rate_date,base_currency,quote_currency,rate_type,rate"


@dataclass(frozen=True)
class OwnCompany:
    """Its folder and its settings."""

    data: Path
    environment: dict[str, str]

    def report(self, *arguments: str) -> Ran:
        """Run `make report`'s command, with its mail server up."""
        command = [sys.executable, "-m", "bin.report", *arguments]
        with mail_server(self.data / "mailbox") as port:
            settings = {**self.environment, "AIRFLOW_CONN_MAILBOX": mail_connection(port)}
            ran = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=600)
        return Ran(ran.returncode, ran.stdout + ran.stderr)

    def put(self, source: str, table: str, header: str, *rows: str) -> None:
        """A file of a source's drop, as somebody would save it: the header, then the rows from row 2 on."""
        file = self.data / "drop" / source / f"{table}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join([header, *rows, ""]), encoding="utf-8")

    def page(self, day: str, region: str, locale: str) -> str:
        return (self.data / "reports" / day / region / locale / "report.html").read_text(encoding="utf-8")

    def readers(self) -> list[str]:
        return sorted(file.name.split("_")[1] for file in (self.data / "mailbox").glob("*.eml"))


def founded(data: Path) -> OwnCompany:
    """A company in `data` without any files yet."""
    config = data / "config"
    config.mkdir()
    for name in ("channels.toml", "funnel.toml"):
        (config / name).write_text((ROOT / "config" / name).read_text())
    (config / "regions.toml").write_text(REGIONS)
    (config / "sources.toml").write_text(SOURCES.format(drop=data / "drop"))
    ours = ("AIRFLOW", "LAKE", "REPORTS", "DELIVERY", "SANDBOX", "MAILBOX")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    settings = {
        "DATA_DIR": str(data),
        "CONFIG_DIR": str(config),
        "PYTHONPATH": str(ROOT),
        "FONTS_DIR": str(ROOT / "data" / "fonts"),
    }
    return OwnCompany(data, {**kept, **settings})


def spend(day: date, campaign: str, country: str, currency: str, amount: str) -> str:
    return f"{day},ads,1,Europe/Berlin,{campaign},{campaign},paid_search,{country},{currency},100,10,{amount}"


def fill(company: OwnCompany, day: date, *wrong_spend: str) -> None:
    """Twenty leads of Germany and ten of the USA two days before `day`, what they cost, and `wrong_spend`."""
    before = day - timedelta(days=2)
    places = [("DE", number) for number in range(20)] + [("US", number) for number in range(20, 30)]
    at = f"{before}T12:00:00Z"
    company.put("crm", "leads", LEADS, *(f"l{n},{at},paid_search,{place},false,{at}" for place, n in places))
    stages = [f"lead,l{n},{stage},{stage},true,{at},{at},{at}" for _, n in places[::2] for stage in ("lead", "mql")]
    company.put("crm", "crm_stage_history", STAGES, *stages)
    sound = [spend(day, "brand", "DE", "EUR", "100.25"), spend(day, "brand", "US", "USD", "80")]
    company.put("ads", "ad_spend_daily", SPEND, *sound, *wrong_spend)
    days = [day - timedelta(days=back) for back in range(40)]
    company.put("rates", "fx_rates", RATES, *(f"{each},EUR,USD,daily_close,1.25" for each in days))
    company.put("books", "sales_costs", COSTS, f"c1,{day},tools,new,lead,US,50,USD")


def mail_connection(port: int) -> str:
    extra = {"from_email": "reports@example.com", "disable_ssl": True, "disable_tls": True}
    return json.dumps({"conn_type": "smtp", "host": "127.0.0.1", "port": port, "extra": extra})


@contextmanager
def mail_server(folder: Path) -> Iterator[int]:
    """The sample mailbox, by itself; yields its port."""
    port = free_port()
    command = [sys.executable, "-m", "sandbox.mailbox", "--port", str(port), "--folder", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            assert str(port) in server.stdout.readline()
            yield port
        finally:
            server.terminate()
