"""A shop with FastAPI on uvicorn, and SQLite. One order is broken."""

import http.client
import logging
import sqlite3
import threading
import time

import fastapi
import uvicorn

logging.basicConfig(level=logging.INFO)
log = logging.getLogger("shop")
database = sqlite3.connect(":memory:", check_same_thread=False)
database.executescript(
    "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT);"
    "INSERT INTO orders VALUES (0, NULL), (1, 'Ada'), (2, 'Bob'), (3, 'Cleo');"
)
app = fastapi.FastAPI()


@app.get("/orders/{id}")
def show_order(id: int):
    (customer,) = database.cursor().execute("SELECT customer FROM orders WHERE id = ?", (id,)).fetchone()
    if customer is None:
        raise ValueError("the order has no customer")
    log.info("order %d shown", id)
    return {"id": id, "customer": customer}


def visit(port):
    for id in (1, 2, 3, 0):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", f"/orders/{id}")
        connection.getresponse().read()
        connection.close()


server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
serving = threading.Thread(target=server.run)
serving.start()
while not server.started:
    time.sleep(0.02)
visit(server.servers[0].sockets[0].getsockname()[1])
server.should_exit = True
serving.join()
