"""The five tables of the KPI benchmark: the catalogue beside hand-tuned SQL, pandas, dbt and a pure scan."""
