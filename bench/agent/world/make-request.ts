import { lasting } from './lasting';
import { type Call, cache, client, database, type RequestFacts, server } from './request';

const regions = ['eu-west', 'us-east', 'ap-south'];
const agents = ['web', 'ios', 'android', 'partner-api'];

/** A request at a time, of some customer; a few customers ask for much, most for little. */
export function makeFacts(minute: number, random: () => number): RequestFacts {
  const customer = `cust-${String(Math.floor(200 * random() ** 2)).padStart(3, '0')}`;
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)]!;
  const sku = `SKU-${4000 + Math.floor(120 * random())}`;
  return { minute, customer, region: pick(regions), agent: pick(agents), sku, random };
}

/** What the shop does for it where nothing is wrong, innocent troubles among it. */
export function makeRequest(facts: RequestFacts): Call {
  const { random } = facts;
  const kind = random();
  const below =
    kind < 0.45 ? checkout(facts) : kind < 0.8 ? product(facts) : kind < 0.985 ? recommend(facts) : report(facts);
  const edge = { 'customer.id': facts.customer, 'client.region': facts.region, 'user_agent.name': facts.agent };
  const [peer, route] = [below.service, below.name];
  return server(
    'gateway',
    `${route.split(' ')[0]} /api${route.split(' ')[1]}`,
    lasting(2, random),
    [client('gateway', peer, route, lasting(1, random), [below])],
    { attributes: edge },
  );
}

function checkout({ random, customer, sku }: RequestFacts): Call {
  const l = (ms: number) => lasting(ms, random);
  return server(
    'checkout',
    'POST /checkout',
    l(3),
    [
      client('checkout', 'cart', 'GET /cart', l(1), [
        server('cart', 'GET /cart', l(2), [cache('cart', `cart:${customer}`, random() < 0.9, l(0.5))]),
      ]),
      client('checkout', 'pricing', 'POST /price', l(1), [
        server('pricing', 'POST /price', l(4), [cache('pricing', `price:${sku}`, random() < 0.85, l(0.5))], {
          attributes: { 'product.sku': sku },
        }),
      ]),
      client('checkout', 'payments', 'POST /charge', l(1), [
        server('payments', 'POST /charge', l(5), [
          client('payments', 'risk.internal', 'POST /score', l(9)),
          database('payments', 'INSERT INTO charges VALUES (?)', l(4)),
        ]),
      ]),
      client('checkout', 'inventory', 'POST /reserve', l(1), [
        server('inventory', 'POST /reserve', l(3), [database('inventory', 'UPDATE stock SET reserved = ?', l(5))]),
      ]),
    ],
    {
      attributes: { 'customer.id': customer, 'cart.items': 1 + Math.floor(6 * random()) },
      ...(random() < 0.1 && { line: { level: 'info', text: `order ${Math.floor(1e6 * random())} placed` } }),
    },
  );
}

function product({ random, sku, minute }: RequestFacts): Call {
  const l = (ms: number) => lasting(ms, random);
  const hit = random() < 0.8;
  return server(
    'catalog',
    'GET /products/{sku}',
    l(3),
    [
      cache('catalog', `product:${sku}`, hit, l(0.5)),
      ...(hit ? [] : [database('catalog', 'SELECT * FROM products WHERE sku = ?', l(4))]),
    ],
    {
      attributes: { 'product.sku': sku },
      // Harmless, and much: a warning that came with a library a while ago.
      ...(minute > 40 &&
        random() < 0.2 && {
          line: { level: 'warn', text: `deprecated currency field in request ${Math.floor(1e6 * random())}` },
        }),
    },
  );
}

/** Fails now and then, as it always did. */
function recommend({ random, customer }: RequestFacts): Call {
  const fails = random() < 0.02;
  return server('recommendations', 'GET /recommendations', lasting(25, random), [], {
    attributes: { 'customer.id': customer, 'model.name': random() < 0.5 ? 'wide-3' : 'deep-7' },
    ...(fails && {
      error: 'no candidates',
      exception: { type: 'NoCandidates', message: 'no candidates for this user' },
      line: { level: 'error' as const, text: 'no candidates for this user' },
    }),
  });
}

/** Slow, as it always was. */
function report({ random }: RequestFacts): Call {
  return server('reports', 'GET /reports/daily', lasting(1800, random), [], { attributes: { 'report.rows': 50_000 } });
}
