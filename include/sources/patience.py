"""How long a vendor is waited for, and how often it is asked again."""

from urllib3 import Retry

CONNECT_SECONDS, READ_SECONDS = 5.0, 60.0
ATTEMPTS_A_BODY = 3
RETRIES = Retry(
    total=8,
    connect=3,  # nobody listens: that is known after seconds, and the task is retried anyway
    status_forcelist=[429, 500, 502, 503, 504],
    allowed_methods=None,
    respect_retry_after_header=True,
    backoff_factor=0.2,
    backoff_max=30,
    backoff_jitter=0.3,
    retry_after_max=120,  # a vendor that asks for an hour is asked again by the task's next try, not waited for
    raise_on_status=False,
)
