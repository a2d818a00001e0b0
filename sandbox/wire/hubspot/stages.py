"""The deal pipeline."""

STAGES = (
    ("appointmentscheduled", "Opportunity", "0.2"),
    ("pocstarted", "POC started", "0.4"),
    ("pocevaluation", "POC evaluation", "0.6"),
    ("contractsent", "Contract sent", "0.8"),
    ("closedwon", "Closed won", "1.0"),
    ("closedlost", "Closed lost", "0.0"),
)
PROBABILITY = {name: probability for name, _, probability in STAGES}
_SINCE = "2024-10-01T09:00:00.000Z"


def forecast(stage: str) -> str:
    """HubSpot's forecast categories by stage."""
    return {"closedwon": "CLOSED", "contractsent": "COMMIT", "pocevaluation": "BEST_CASE", "closedlost": "OMIT"}.get(
        stage, "PIPELINE"
    )


def pipeline() -> dict[str, object]:
    """GET /crm/v3/pipelines/deals, one pipeline."""
    stages = [
        {
            "id": name,
            "label": label,
            "displayOrder": order,
            "archived": False,
            "createdAt": _SINCE,
            "updatedAt": _SINCE,
            "metadata": {"isClosed": str(name.startswith("closed")).lower(), "probability": probability},
        }
        for order, (name, label, probability) in enumerate(STAGES)
    ]
    whole = {"id": "default", "label": "Sales Pipeline", "displayOrder": 0, "archived": False, "stages": stages}
    return whole | {"createdAt": _SINCE, "updatedAt": _SINCE}
