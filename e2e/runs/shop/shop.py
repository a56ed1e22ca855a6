"""A shop with a database and a warehouse that it asks: plain Flask, SQLite from a pool, and requests. FAULT names what is wrong with it."""

import http.client
import json
import logging
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

import requests
import sqlalchemy
from flask import Flask
from werkzeug.serving import make_server

FAULT = os.environ.get("FAULT", "")
REQUESTS = int(os.environ.get("REQUESTS", "24"))
ORDERS = 40_000
ITEMS = 8
WAREHOUSES = ("north", "south", "west")

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
logging.getLogger("werkzeug").setLevel(logging.WARNING)
log = logging.getLogger("shop")
app = Flask("shop")
database = os.path.join(tempfile.mkdtemp(prefix="shop-"), "shop.db")
connections = sqlalchemy.create_engine(
    f"sqlite:///{database}", poolclass=sqlalchemy.pool.QueuePool, pool_size=5, max_overflow=100
)
leaked = []
stock_port = 0


def fill():
    with sqlite3.connect(database) as connection:
        connection.executescript(
            "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer TEXT);"
            "CREATE TABLE items (order_id INTEGER, product_id INTEGER);"
            "CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT);"
        )
        connection.executemany("INSERT INTO orders VALUES (?, ?)", [(id, f"customer {id % 97}") for id in range(ORDERS)])
        connection.executemany(
            "INSERT INTO items VALUES (?, ?)", [(at // ITEMS, at % 500) for at in range(ORDERS * ITEMS)]
        )
        connection.executemany("INSERT INTO products VALUES (?, ?)", [(id, f"product {id}") for id in range(500)])
        if FAULT != "lost-index":
            connection.execute("CREATE INDEX items_by_order ON items (order_id)")


def stock(path):
    if FAULT == "lost-propagation":
        connection = http.client.HTTPConnection("127.0.0.1", stock_port)
        connection.request("GET", path)
        return json.loads(connection.getresponse().read())
    for _ in range(6):
        answer = requests.get(f"http://127.0.0.1:{stock_port}{path}", timeout=5)
        if answer.status_code == 200:
            return answer.json()
    raise RuntimeError("no stock")


@app.get("/orders/<int:id>")
def show_order(id):
    connection = connections.raw_connection()
    cursor = connection.cursor()
    (customer,) = cursor.execute("SELECT customer FROM orders WHERE id = ?", (id,)).fetchone()
    if FAULT == "n-plus-one":
        products = [row[0] for row in cursor.execute("SELECT product_id FROM items WHERE order_id = ?", (id,)).fetchall()]
        names = [cursor.execute("SELECT name FROM products WHERE id = ?", (each,)).fetchone()[0] for each in products]
    else:
        names = [
            row[0]
            for row in cursor.execute(
                "SELECT name FROM items JOIN products ON id = product_id WHERE order_id = ? ORDER BY name", (id,)
            ).fetchall()
        ]
    if FAULT == "query-count":
        cursor.execute("SELECT count(*) FROM orders WHERE customer = ?", (customer,)).fetchone()
    if FAULT == "swallowed-exception":
        try:
            cursor.execute("SELECT rebate FROM rebates WHERE customer = ?", (customer,))
        except sqlite3.Error:
            pass
    if FAULT == "new-error" and id % 3 == 0:
        names = names[ITEMS]
    if FAULT == "log-flood":
        for name in names * 6:
            log.info("looking at %s of order %d", name, id)
    if FAULT == "leaked-connection":
        leaked.append(connection)
    else:
        connection.close()
    paths = [f"/stock/{warehouse}" for warehouse in WAREHOUSES]
    if FAULT == "sequential-fan-out":
        left = [stock(path) for path in paths]
    else:
        with ThreadPoolExecutor(len(paths)) as pool:
            left = list(pool.map(stock, paths))
    writing = threading.Thread(target=stock, args=(f"/audit/{id}",))
    writing.start()
    if FAULT != "missing-await":
        writing.join()
    log.info("order %d of %s shown", id, customer)
    return {"customer": customer, "items": names, "left": left}


def visit(port):
    """By http.client, which nobody instruments: the shop's own spans are the roots."""
    for at in range(REQUESTS):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", f"/orders/{at * 37 % ORDERS}")
        connection.getresponse().read()
        connection.close()


def main():
    global stock_port
    fill()
    here = os.path.dirname(os.path.abspath(__file__))
    warehouse = subprocess.Popen(
        [sys.executable, os.path.join(here, "stock.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    stock_port = int(warehouse.stdout.readline())
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    visit(server.server_port)
    server.shutdown()
    serving.join()
    warehouse.stdin.close()
    warehouse.wait()


main()
