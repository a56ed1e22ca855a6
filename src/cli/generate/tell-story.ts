import type { Random } from './random';
import { runInSequence, type Service, type Step } from './step';

const REGIONS = ['eu-central', 'us-east', 'ap-south'];
const CUSTOMERS = 40;

/** One request to the shop as it enters api-gateway: mostly fine, sometimes slow, now and then failing. */
export function tellStory(random: Random): Step {
  const customer = `customer-${random.between(1, CUSTOMERS)}`;
  const roll = random.next();
  if (roll < 0.45) return placeOrder(random, customer);
  if (roll < 0.75) return readOrder(random, customer);
  return listOrders(random, customer);
}

function placeOrder(random: Random, customer: string): Step {
  const order = `order-${random.between(10_000, 99_999)}`;
  const cents = random.between(500, 25_000);
  const charge = chargeCard(random, order, cents);
  const create = server(random, 'order-service', 'POST', '/orders', { 'order.id': order, 'order.amount_cents': cents });
  const steps: Step[] = [
    internal(random, 'order-service', 'validate order', 2, { 'order.items': random.between(1, 6) }),
    query(random, 'order-service', 'INSERT', 'orders', 6),
    charge,
  ];
  if (charge.error) steps.push(query(random, 'order-service', 'UPDATE', 'orders', 4));
  runInSequence(create, steps);
  if (charge.error) fail(create, 502, charge.error.type, `payment for ${order} failed: ${charge.error.message}`);
  else log(create, 'info', `order ${order} placed`, { 'order.id': order, 'customer.id': customer });
  return enter(random, customer, 'POST', '/api/orders', create);
}

/** Up to three attempts against a card processor that sometimes answers 503; each attempt is a span of its own. */
function chargeCard(random: Random, order: string, cents: number): Step {
  const payment = server(random, 'payment-service', 'POST', '/charge', {
    'order.id': order,
    'payment.amount_cents': cents,
  });
  const declined = random.chance(0.03);
  const flaky = random.chance(0.12);
  const attempts: Step[] = [];
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const unavailable = flaky && (attempt < 3 || random.chance(0.35));
    const call = client(random, 'payment-service', 'POST', 'card-processor.example', unavailable ? 140 : 45);
    if (attempt > 1) call.attributes['http.request.resend_count'] = attempt - 1;
    attempts.push(call);
    if (!unavailable) {
      call.attributes['http.response.status_code'] = declined ? 402 : 200;
      break;
    }
    fail(call, 503, 'ServiceUnavailable', 'card processor answered 503');
  }
  runInSequence(payment, attempts, 8);
  for (const [index, call] of attempts.entries()) {
    if (!call.error) continue;
    const attempt = index + 1;
    const body = `attempt ${attempt} of 3 to charge ${order} failed, card processor answered 503`;
    log(payment, 'warn', body, { 'order.id': order, attempt }, call.start + call.duration);
  }
  if (declined) {
    fail(payment, 402, 'CardDeclined', 'card declined by issuer');
  } else if (attempts.at(-1)?.error) {
    fail(payment, 503, 'RetriesExhausted', 'card processor unavailable after 3 attempts');
  } else {
    log(payment, 'info', `charged ${(cents / 100).toFixed(2)} EUR for ${order}`, {
      'order.id': order,
      'payment.amount_cents': cents,
    });
  }
  return wrapCall(random, 'order-service', payment);
}

function readOrder(random: Random, customer: string): Step {
  const missing = random.chance(0.06);
  const read = server(random, 'order-service', 'GET', '/orders/{id}', {
    'order.id': `order-${random.between(10_000, 99_999)}`,
  });
  runInSequence(read, [query(random, 'order-service', 'SELECT', 'orders', random.chance(0.04) ? 900 : 5)]);
  if (missing) {
    read.attributes['http.response.status_code'] = 404;
    log(read, 'info', 'order not found', { 'order.id': read.attributes['order.id']! });
  }
  return enter(random, customer, 'GET', '/api/orders/{id}', read);
}

/** The classic N+1: one query for the list, then one for each order's items. */
function listOrders(random: Random, customer: string): Step {
  const count = random.between(6, 18);
  const list = server(random, 'order-service', 'GET', '/orders', { 'order.count': count });
  const queries = [query(random, 'order-service', 'SELECT', 'orders', 8)];
  for (let index = 0; index < count; index += 1)
    queries.push(query(random, 'order-service', 'SELECT', 'order_items', 4));
  runInSequence(list, queries);
  log(list, 'debug', `loaded ${count} orders with ${count + 1} queries`, { 'order.count': count });
  return enter(random, customer, 'GET', '/api/orders', list);
}

function enter(random: Random, customer: string, method: string, route: string, inner: Step): Step {
  const entry = server(random, 'api-gateway', method, route, {
    'customer.id': customer,
    'cloud.region': random.pick(REGIONS),
  });
  const status = inner.attributes['http.response.status_code'] as number;
  entry.attributes['http.response.status_code'] = status;
  runInSequence(entry, [
    internal(random, 'api-gateway', 'authenticate', 3, { 'enduser.id': customer }),
    wrapCall(random, 'api-gateway', inner),
  ]);
  // Told only now: the gateway learns of the failure when the call has come back.
  if (inner.error) fail(entry, status, inner.error.type, inner.error.message);
  const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info';
  log(
    entry,
    level,
    `${method} ${route} ${status} ${Math.round(entry.duration)}ms`,
    { 'http.route': route, 'http.response.status_code': status },
    entry.duration,
  );
  return entry;
}

/** The caller's client span around a server span of another service, with the network's share on both sides. */
function wrapCall(random: Random, caller: Service, callee: Step): Step {
  const network = random.latency(1.2);
  const call = client(random, caller, callee.attributes['http.request.method'] as string, callee.service, network);
  const status = callee.attributes['http.response.status_code'] as number;
  call.attributes['http.response.status_code'] = status;
  if (callee.error) fail(call, status, callee.error.type, callee.error.message);
  return runInSequence(call, [callee], network);
}

function server(random: Random, service: Service, method: string, route: string, attributes: Step['attributes']): Step {
  return step(service, `${method} ${route}`, 'server', random.latency(1.5), {
    'http.request.method': method,
    'http.route': route,
    'url.scheme': 'http',
    'http.response.status_code': method === 'POST' ? 201 : 200,
    ...attributes,
  });
}

function client(random: Random, service: Service, method: string, host: string, median: number): Step {
  const attributes = {
    'http.request.method': method,
    'server.address': host,
    'server.port': 443,
    'url.full': `https://${host}/`,
  };
  return step(service, method, 'client', random.latency(median), attributes);
}

function query(random: Random, service: Service, operation: string, table: string, median: number): Step {
  const text = {
    SELECT: `SELECT * FROM ${table} WHERE id = $1`,
    INSERT: `INSERT INTO ${table} (id, customer, amount) VALUES ($1, $2, $3)`,
    UPDATE: `UPDATE ${table} SET state = $2 WHERE id = $1`,
  }[operation];
  return step(service, `${operation} ${table}`, 'client', random.latency(median), {
    'db.system.name': 'postgresql',
    'db.namespace': 'shop',
    'db.operation.name': operation,
    'db.collection.name': table,
    'db.query.text': text ?? operation,
  });
}

function internal(
  random: Random,
  service: Service,
  name: string,
  median: number,
  attributes: Step['attributes'],
): Step {
  return step(service, name, 'internal', random.latency(median), attributes);
}

function step(
  service: Service,
  name: string,
  kind: Step['kind'],
  duration: number,
  attributes: Step['attributes'],
): Step {
  return { service, name, kind, start: 0, duration, attributes, logs: [], children: [] };
}

function fail(target: Step, status: number, type: string, message: string): void {
  target.attributes['http.response.status_code'] = status;
  target.attributes['error.type'] = type;
  target.error = { type, message };
  if (target.kind === 'server') log(target, 'error', message, { 'exception.type': type });
}

function log(
  target: Step,
  level: Step['logs'][number]['level'],
  body: string,
  attributes: Step['attributes'],
  at = target.duration,
): void {
  target.logs.push({ at, level, body, attributes });
}
