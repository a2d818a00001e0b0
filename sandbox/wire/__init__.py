"""The vendors' wire formats: each module serves the same company in one vendor's words."""
