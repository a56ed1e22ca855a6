"""What is left in a warehouse. Ends with its standard input."""

import logging
import os
import sys
import threading
import time
from collections import Counter

from flask import Flask
from werkzeug.serving import make_server

FAULT = os.environ.get("FAULT", "")

logging.getLogger("werkzeug").setLevel(logging.WARNING)
app = Flask("stock")
asked = Counter()


@app.get("/stock/<warehouse>")
def left(warehouse):
    time.sleep(0.06 if FAULT == "slow-dependency" else 0.012)
    asked[warehouse] += 1
    if FAULT == "retry-storm" and asked[warehouse] % 5 != 0:
        return {"busy": True}, 503
    return {"warehouse": warehouse, "left": 7}


@app.get("/audit/<int:order>")
def audit(order):
    time.sleep(0.02)
    return {"order": order}


server = make_server("127.0.0.1", 0, app, threaded=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
server.shutdown()
