"""A sandbox in a process of its own."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).parents[2]
STRIPE_KEY, STRIPE_VERSION = "sample-stripe-key", "2026-10-28.endive"


@dataclass(frozen=True)
class Sandbox:
    """A running sandbox."""

    url: str
    drop: Path

    def hubspot(self, path: str, body: object = None) -> requests.Response:
        """A call that waits when told to."""
        headers = {"Authorization": "Bearer sample-hubspot-token"}
        while True:
            method = "GET" if body is None else "POST"
            answer = requests.request(method, self.url + path, headers=headers, json=body, timeout=10)
            if answer.status_code != 429:
                return answer

    def stripe(self, path: str) -> requests.Response:
        """A call that waits when told to."""
        headers = {"Authorization": f"Bearer {STRIPE_KEY}", "Stripe-Version": STRIPE_VERSION}
        while True:
            answer = requests.get(self.url + path, headers=headers, timeout=10)
            if answer.status_code != 429:
                return answer

    def stripe_pages(self, path: str) -> list[dict[str, Any]]:
        """Every object of a list, page by page."""
        joint, found, cursor = "&" if "?" in path else "?", [], ""
        while True:
            page = self.stripe(f"{path}{joint}limit=100{cursor}").json()
            found += page["data"]
            if not page["has_more"]:
                return found
            cursor = f"&starting_after={found[-1]['id']}"

    def google_ads(self, query: str, customer: str = "1000000001") -> requests.Response:
        headers = {"Authorization": "Bearer ya29.sample-access", "developer-token": "sample-developer-token"}
        url = f"{self.url}/v26/customers/{customer}/googleAds:searchStream"
        return requests.post(url, headers=headers, json={"query": query}, timeout=10)


def started(drop: Path, *arguments: str) -> tuple[subprocess.Popen[str], str]:
    """A sandbox on a port of the system's choice, ready to answer."""
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--drop", str(drop), *arguments]
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    line = process.stdout.readline()
    address = re.search(r"http://\S+", line)
    assert address, f"the sandbox said {line!r}"
    return process, address[0]
