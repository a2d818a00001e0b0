"""Everything the business would recognise. Never imports airflow."""
