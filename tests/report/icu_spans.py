"""What ICU writes for spans of days in Chinese: `python tests/report/icu_spans.py > tests/report/icu_spans.json`, with
PyICU in an environment of its own.

Node cannot be asked: its formatRange reads the skeleton back from a pattern, and finds none but `2026/10/1 –
2026/10/31` for Chinese. Rows are those of icu.json.
"""

import json
import sys
from datetime import UTC, datetime

import icu

LOCALE = "zh_Hans_CN"
SKELETONS = {"period": "yMMMd", "period_long": "yMMMMd", "days_of": "MMMd", "days_of_long": "MMMMd", "months": "yMMM"}
SPANS = [
    ["2026-10-01", "2026-10-31"], ["2026-10-01", "2026-11-20"], ["2025-11-01", "2026-10-31"],
    ["2026-10-14", "2026-10-14"], ["2026-08-30", "2026-09-05"], ["2026-12-31", "2027-01-01"],
    ["2026-02-28", "2026-03-01"], ["2024-11-01", "2026-10-31"],
]  # fmt: skip


def milliseconds(day: str) -> float:
    return datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()


def main() -> None:
    icu.TimeZone.setDefault(icu.TimeZone.createTimeZone("UTC"))
    rows = []
    for method, skeleton in SKELETONS.items():
        write = icu.DateIntervalFormat.createInstance(skeleton, icu.Locale(LOCALE))
        for span in SPANS:
            rows.append([method, span, {LOCALE: write.format(icu.DateInterval(*map(milliseconds, span)))}])
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    sys.stdout.write(f'{{"icu": "{icu.ICU_VERSION}", "rows": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
