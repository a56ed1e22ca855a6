"""The story that `generate.py` tells: requests to a shop of three services. Needs nothing but Python."""

from __future__ import annotations

import logging
import math
import random
from dataclasses import dataclass, field

SERVICES = ("api-gateway", "order-service", "payment-service")
REGIONS = ("eu-central", "us-east", "ap-south")
QUERIES = {
    "SELECT": "SELECT * FROM {} WHERE id = $1",
    "INSERT": "INSERT INTO {} (id, customer, amount) VALUES ($1, $2, $3)",
    "UPDATE": "UPDATE {} SET state = $2 WHERE id = $1",
}


@dataclass
class Step:
    """One span of a story; times in milliseconds, `start` counted from the parent's start."""

    service: str
    name: str
    kind: str
    duration: float
    attributes: dict
    start: float = 0.0
    error: tuple[str, str] | None = None
    logs: list[tuple[float, int, str, dict]] = field(default_factory=list)
    children: list["Step"] = field(default_factory=list)

    def log(self, level: int, body: str, attributes: dict) -> None:
        self.logs.append((self.duration, level, body, attributes))

    def fail(self, status: int, kind: str, message: str) -> None:
        self.attributes["http.response.status_code"] = status
        self.attributes["error.type"] = kind
        self.error = (kind, message)
        if self.kind == "server":
            self.log(logging.ERROR, message, {"exception.type": kind})

    def run(self, children: list["Step"], gap: float = 0.4) -> "Step":
        """Puts the children one after another, and stretches this step around them."""
        cursor = self.duration
        for child in children:
            child.start = cursor + gap
            cursor = child.start + child.duration
            self.children.append(child)
        self.duration = cursor + gap
        return self


class Story:
    """Invents requests to the shop; repeats itself for the same seed."""

    def __init__(self, seed: int | None) -> None:
        self.random = random.Random(seed)

    def tell(self) -> Step:
        customer = f"customer-{self.random.randint(1, 40)}"
        roll = self.random.random()
        if roll < 0.45:
            return self.place_order(customer)
        if roll < 0.75:
            return self.read_order(customer)
        return self.list_orders(customer)

    def place_order(self, customer: str) -> Step:
        order, cents = self.order_id(), self.random.randint(500, 25_000)
        create = self.server("order-service", "POST", "/orders", {"order.id": order, "order.amount_cents": cents})
        charge = self.charge_card(order, cents)
        steps = [
            self.internal("order-service", "validate order", 2, {"order.items": self.random.randint(1, 6)}),
            self.query("order-service", "INSERT", "orders", 6),
            charge,
        ]
        if charge.error:
            steps.append(self.query("order-service", "UPDATE", "orders", 4))
        create.run(steps)
        if charge.error:
            create.fail(502, charge.error[0], f"payment for {order} failed: {charge.error[1]}")
        else:
            create.log(logging.INFO, f"order {order} placed", {"order.id": order, "customer.id": customer})
        return self.enter(customer, "POST", "/api/orders", create)

    def charge_card(self, order: str, cents: int) -> Step:
        """Up to three attempts against a card processor that sometimes answers 503."""
        payment = self.server(
            "payment-service", "POST", "/charge", {"order.id": order, "payment.amount_cents": cents}
        )
        declined, flaky = self.random.random() < 0.03, self.random.random() < 0.12
        attempts: list[Step] = []
        for attempt in (1, 2, 3):
            unavailable = flaky and (attempt < 3 or self.random.random() < 0.35)
            call = self.client("payment-service", "POST", "card-processor.example", 140 if unavailable else 45)
            if attempt > 1:
                call.attributes["http.request.resend_count"] = attempt - 1
            attempts.append(call)
            if not unavailable:
                call.attributes["http.response.status_code"] = 402 if declined else 200
                break
            call.fail(503, "ServiceUnavailable", "card processor answered 503")
        payment.run(attempts, 8)
        for attempt, call in enumerate(attempts, start=1):
            if call.error:
                body = f"attempt {attempt} of 3 to charge {order} failed, card processor answered 503"
                details = {"order.id": order, "attempt": attempt}
                payment.logs.append((call.start + call.duration, logging.WARNING, body, details))
        if declined:
            payment.fail(402, "CardDeclined", "card declined by issuer")
        elif attempts[-1].error:
            payment.fail(503, "RetriesExhausted", "card processor unavailable after 3 attempts")
        else:
            payment.log(logging.INFO, f"charged {cents / 100:.2f} EUR for {order}", {"order.id": order})
        return self.call("order-service", payment)

    def read_order(self, customer: str) -> Step:
        order = self.order_id()
        read = self.server("order-service", "GET", "/orders/{id}", {"order.id": order})
        slow = self.random.random() < 0.04
        read.run([self.query("order-service", "SELECT", "orders", 900 if slow else 5)])
        if self.random.random() < 0.06:
            read.attributes["http.response.status_code"] = 404
            read.log(logging.INFO, "order not found", {"order.id": order})
        return self.enter(customer, "GET", "/api/orders/{id}", read)

    def list_orders(self, customer: str) -> Step:
        """The classic N+1: one query for the list, then one for each order's items."""
        count = self.random.randint(6, 18)
        listing = self.server("order-service", "GET", "/orders", {"order.count": count})
        queries = [self.query("order-service", "SELECT", "orders", 8)]
        queries += [self.query("order-service", "SELECT", "order_items", 4) for _ in range(count)]
        listing.run(queries)
        listing.log(logging.DEBUG, f"loaded {count} orders with {count + 1} queries", {"order.count": count})
        return self.enter(customer, "GET", "/api/orders", listing)

    def enter(self, customer: str, method: str, route: str, inner: Step) -> Step:
        entry = self.server(
            "api-gateway", method, route, {"customer.id": customer, "cloud.region": self.random.choice(REGIONS)}
        )
        status = inner.attributes["http.response.status_code"]
        entry.attributes["http.response.status_code"] = status
        entry.run(
            [self.internal("api-gateway", "authenticate", 3, {"enduser.id": customer}), self.call("api-gateway", inner)]
        )
        # Told only now: the gateway learns of the failure when the call has come back.
        if inner.error:
            entry.fail(status, *inner.error)
        level = logging.ERROR if status >= 500 else logging.WARNING if status >= 400 else logging.INFO
        entry.log(level, f"{method} {route} {status} {entry.duration:.0f}ms", {"http.route": route})
        return entry

    def call(self, caller: str, callee: Step) -> Step:
        network = self.latency(1.2)
        call = self.client(caller, callee.attributes["http.request.method"], callee.service, network)
        status = callee.attributes["http.response.status_code"]
        call.attributes["http.response.status_code"] = status
        if callee.error:
            call.fail(status, *callee.error)
        return call.run([callee], network)

    def server(self, service: str, method: str, route: str, attributes: dict) -> Step:
        basics = {
            "http.request.method": method,
            "http.route": route,
            "url.scheme": "http",
            "http.response.status_code": 201 if method == "POST" else 200,
        }
        return Step(service, f"{method} {route}", "server", self.latency(1.5), {**basics, **attributes})

    def client(self, service: str, method: str, host: str, median: float) -> Step:
        attributes = {
            "http.request.method": method,
            "server.address": host,
            "server.port": 443,
            "url.full": f"https://{host}/",
        }
        return Step(service, method, "client", self.latency(median), attributes)

    def query(self, service: str, operation: str, table: str, median: float) -> Step:
        attributes = {
            "db.system.name": "postgresql",
            "db.namespace": "shop",
            "db.operation.name": operation,
            "db.collection.name": table,
            "db.query.text": QUERIES[operation].format(table),
        }
        return Step(service, f"{operation} {table}", "client", self.latency(median), attributes)

    def internal(self, service: str, name: str, median: float, attributes: dict) -> Step:
        return Step(service, name, "internal", self.latency(median), attributes)

    def order_id(self) -> str:
        return f"order-{self.random.randint(10_000, 99_999)}"

    def latency(self, median: float) -> float:
        return median * math.exp(0.45 * self.random.gauss(0, 1))
