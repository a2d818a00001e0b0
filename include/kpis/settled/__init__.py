"""Facts kept by month from one night to the next, as far as nothing they are made of can change any more.

<root>/facts/<relation>/month=YYYY-MM/<name>.parquet, deletable at any time. A row carries `known_from` and `known_to`,
the vendor stamps between which it is what was known: it serves every day whose cutoffs lie between, whatever night or
backfill asks. What no kept row serves is made anew, from the landed rows of just those groups (graph.py).
"""

from include.kpis.settled.night import materialise as materialise
