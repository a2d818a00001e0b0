"""Google Ads over REST: OAuth refresh, and googleAds:searchStream over a small part of GAQL."""
