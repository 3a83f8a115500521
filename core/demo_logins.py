"""The people who may sign in to the demo data, one of each group; `make run` prints them."""

PASSWORD = "orchard-lantern-42"

DEMO_LOGINS: tuple[tuple[str, str, str], ...] = (
    ("Superuser", "noor@retainer.test", PASSWORD),
    ("Administrator", "priya@retainer.test", PASSWORD),
    ("Support agent", "tomas@retainer.test", PASSWORD),
    ("Billing operator", "jun@retainer.test", PASSWORD),
    ("Viewer", "mads@retainer.test", PASSWORD),
)
