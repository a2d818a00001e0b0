"""The sample company: local services that speak the vendors' wire formats, over a seeded, endless business."""
