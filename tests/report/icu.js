// What ICU writes: `node tests/report/icu.js > tests/report/icu.json` (Node 20 or later with full ICU).
// Rows are [method of Formats, arguments, {locale: answer}]; money takes its currency first.
const LOCALES = ["en_US", "en_GB", "en_MY", "es_ES", "es_MX", "es_419", "zh_Hans_CN", "ms_MY"];
const CURRENCIES = ["USD", "EUR", "MXN", "CNY", "MYR", "GBP", "JPY", "KRW", "CLP"]; // the last three have no cents
const rows = [];
const row = (method, args, answer) =>
  rows.push([method, args, Object.fromEntries(LOCALES.map((name) => [name, answer(name.replaceAll("_", "-"))]))]);
const number = (options, x) => (tag) =>
  new Intl.NumberFormat(tag, { roundingMode: "halfEven", signDisplay: "negative", ...options }).format(x);
const digits = (n) => ({ minimumFractionDigits: n, maximumFractionDigits: n });
const COMPACT = { notation: "compact", maximumFractionDigits: 0, maximumSignificantDigits: 3, roundingPriority: "morePrecision" };
const SIGNED = { signDisplay: "exceptZero" };
const utc = (day) => new Date(day.length === 10 ? `${day}T00:00:00Z` : day);
const moment = (options, day) => (tag) => new Intl.DateTimeFormat(tag, { timeZone: "UTC", ...options }).format(utc(day));
const range = (options, a, b) => (tag) =>
  new Intl.DateTimeFormat(tag, { timeZone: "UTC", ...options }).formatRange(utc(a), utc(b));

for (const [x, n] of [["0", 0], ["999", 0], ["1234", 0], ["9999", 0], ["10000", 0], ["-1234567", 0], ["1234.5", 1], ["0.125", 2], ["2.5", 0], ["3.5", 0], ["-0.4", 0], ["0.5", 0], ["1.5", 0], ["-2.5", 0], ["9.995", 2], ["999999.95", 1], ["123456789012345.678", 2], ["-1e15", 0]])
  row("num", [x, n], number(digits(n), x));
for (const [x, n] of [["3", 0], ["-3", 0], ["0.2", 0], ["1234.56", 1], ["-0.04", 1]])
  row("signed", [x, n], number({ ...SIGNED, ...digits(n) }, x));
for (const [x, n] of [["0.1934", 1], ["1", 0], ["-0.052", 1], ["12.345", 1], ["0", 1], ["-12.3456", 1], ["0.00049", 1], ["0.9995", 0], ["1234.5", 0]])
  row("percent", [x, n], number({ style: "percent", ...digits(n) }, x));
for (const [x, n] of [["0.052", 1], ["-0.052", 1], ["0.0001", 1]])
  row("signed_percent", [x, n], number({ ...SIGNED, style: "percent", ...digits(n) }, x));
for (const currency of CURRENCIES) {
  const money = { style: "currency", currency };
  for (const [x, n] of [["1234.5", 2], ["-12345.6", 0], ["0", 0], ["1234567890123.5", 0], ["0.005", 2]]) row("money", [currency, x, n], number({ ...money, ...digits(n) }, x));
  for (const x of ["0", "7", "1234", "9999.5", "12345", "999950", "-1840000", "18403104", "1840310400"])
    row("money_compact", [currency, x], number({ ...money, ...COMPACT }, x));
  for (const x of ["12345", "-18", "0"]) row("signed_money_compact", [currency, x], number({ ...money, ...SIGNED, ...COMPACT }, x));
}
for (const x of ["0", "7.25", "1234", "12345", "999499", "999500", "1234567", "184031040", "1840310400", "25000000000", "2000000000000", "9999.5", "99950", "99999999", "1e15", "123456789012345678"])
  row("compact", [x], number(COMPACT, x));
for (const x of ["0", "1160", "-31800", "-184031040"]) row("signed_compact", [x], number({ ...SIGNED, ...COMPACT }, x));
for (const [x, n] of [["1", 0], ["3", 0], ["1.5", 1], ["1.0", 1], ["1234", 0], ["0", 0], ["-2", 0], ["21.5", 1]])
  row("days", [x, n], number({ style: "unit", unit: "day", unitDisplay: "long", ...digits(n) }, x));
for (const [x, n] of [["1", 0], ["2.5", 1], ["0", 0], ["-1.5", 1], ["1234.5", 1]])
  row("hours", [x, n], number({ style: "unit", unit: "hour", unitDisplay: "long", ...digits(n) }, x));
for (const [x, n] of [["1", 0], ["18.2", 1], ["1234.5", 1]])
  row("in_months", [x, n], number({ style: "unit", unit: "month", unitDisplay: "long", ...digits(n) }, x));
for (const day of ["2026-10-01", "2026-01-31", "2026-09-14", "2026-05-02", "2026-12-31"]) {
  row("date_long", [day], moment({ dateStyle: "long" }, day));
  row("date_short", [day], moment({ dateStyle: "medium" }, day));
  row("day_month", [day], moment({ month: "short", day: "numeric" }, day));
  row("day_month_long", [day], moment({ month: "long", day: "numeric" }, day));
  row("month", [day], (tag) => moment({ month: tag.startsWith("zh") ? "short" : "long" }, day)(tag)); // 10月, not 十月
  row("month_short", [day], moment({ month: "short" }, day));
  row("month_year", [day], moment({ year: "numeric", month: "long" }, day));
  row("month_year_short", [day], moment({ year: "numeric", month: "short" }, day));
}
for (const span of [["2026-10-01", "2026-10-31"], ["2026-10-01", "2026-11-20"], ["2025-11-01", "2026-10-31"], ["2026-10-14", "2026-10-14"], ["2026-08-30", "2026-09-05"], ["2026-12-31", "2027-01-01"], ["2026-02-28", "2026-03-01"], ["2024-11-01", "2026-10-31"]]) {
  row("period", span, range({ year: "numeric", month: "short", day: "numeric" }, ...span));
  row("period_long", span, range({ year: "numeric", month: "long", day: "numeric" }, ...span));
  row("days_of", span, range({ month: "short", day: "numeric" }, ...span));
  row("days_of_long", span, range({ month: "long", day: "numeric" }, ...span));
  row("months", span, range({ year: "numeric", month: "short" }, ...span));
}
for (const stamp of ["2026-10-31T23:59:00Z", "2026-10-31T04:05:00Z"]) row("time", [stamp], moment({ timeStyle: "short" }, stamp));
for (const names of [["A"], ["A", "B"], ["A", "B", "C"], ["A", "B", "C", "D"], ["Francia", "Italia"], ["Agua", "hielo"], ["Perú", "India", "Irlanda"], ["Padres", "Hijos"], ["Madrid", "Hierro"], ["A", "B", "Ibiza"]])
  row("list", [names], (tag) => new Intl.ListFormat(tag).format(names));
for (const country of ["US", "MX", "ES", "CN", "MY", "SG", "GB", "TR", "HK", "CI"])
  row("territory", [country], (tag) => new Intl.DisplayNames(tag, { type: "region" }).of(country));
for (const currency of CURRENCIES)
  row("currency_name", [currency], (tag) => new Intl.DisplayNames(tag, { type: "currency" }).of(currency));

const lines = rows.map((one) => JSON.stringify(one)).join(",\n");
process.stdout.write(`{"icu": "${process.versions.icu}", "cldr": "${process.versions.cldr}", "rows": [\n${lines}\n]}\n`);
