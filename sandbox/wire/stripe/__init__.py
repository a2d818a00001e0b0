"""Stripe's billing: lists and single objects as of the clock, in the shapes of API version 2026-10-28.endive."""
