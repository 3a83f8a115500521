"""The web server: `gunicorn --config config/gunicorn.py config.wsgi`. Everything here can be set from outside."""

import os

from config import env

bind = env.words("BIND", ["127.0.0.1:8000"])
workers = env.integer("WEB_WORKERS", 2, least=1)
threads = env.integer("WEB_THREADS", 8, least=1)
worker_class = "gthread"

timeout = 60
graceful_timeout = 10
keepalive = 5
# A worker's heartbeat must not wait for a busy disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
control_socket_disable = True
loglevel = "warning"

# Each thread holds at most one connection of its worker's pool.
os.environ.setdefault("DATABASE_POOL", str(threads + 2))
# A person has gone long before; a statement that nobody waits for must not keep the database busy.
os.environ.setdefault("STATEMENT_TIMEOUT", "15000")
