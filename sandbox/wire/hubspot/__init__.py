"""HubSpot: CRM objects with search, batch read, property history, associations, owners and pipelines."""
