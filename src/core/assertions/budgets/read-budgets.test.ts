import { describe, expect, it } from 'vitest';
import type { RunTelemetry } from '../../../shared/runs/run-summary';
import { YamlFile } from '../yaml/yaml-file';
import type { RunStore } from './budget';
import { readBudgets } from './read-budgets';

const ms = 1e6;
const durations = (p95: number) => ({
  totalNs: 900 * ms,
  p50Ns: 10 * ms,
  p95Ns: p95 * ms,
  maxNs: p95 * ms,
  samples: [],
});
const shape = {
  request: 'shop POST /orders',
  parent: 'shop server POST /orders',
  kind: 'client' as const,
  errors: 0,
  retries: 0,
};
const telemetry: RunTelemetry = {
  traces: 3,
  spans: 30,
  errorSpans: 2,
  services: [{ name: 'shop', spans: 30, errorSpans: 2, logs: 5, errorLogs: 1, metrics: 1 }],
  requests: [
    { request: 'shop POST /orders', count: 3, errors: 1, durations: durations(310) },
    { request: 'shop GET /orders/<id>', count: 9, errors: 0, durations: durations(20) },
  ],
  shapes: [
    {
      ...shape,
      service: 'shop',
      name: 'SELECT stock',
      count: 18,
      query: true,
      durations: durations(5),
      examples: ['t1'],
    },
    {
      ...shape,
      service: 'shop',
      name: 'POST card',
      count: 3,
      query: false,
      errors: 2,
      retries: 2,
      durations: durations(90),
      examples: ['t2'],
    },
  ],
  templates: [
    { service: 'shop', level: 'error', template: 'card <*> refused', count: 1, example: 'card 17 refused' },
    { service: 'shop', level: 'warning', template: 'slow <*>', count: 4, example: 'slow disk' },
  ],
  metrics: [
    { service: 'shop', name: 'orders_total', type: 'counter', value: 3 },
    { service: 'stock', name: 'orders_total', type: 'counter', value: 4 },
    { service: 'shop', name: 'queue', type: 'gauge', value: 7 },
  ],
  findings: [
    {
      rule: 'n-plus-one-queries',
      fingerprint: '00112233445566aa',
      severity: 'problem',
      service: 'shop',
      sentence: 'It asks 6 times.',
      advice: 'Ask once.',
      occurrences: 3,
      traces: 3,
      evidence: [],
    },
  ],
  leftOut: [],
};

const lines = ['card 17 refused', 'slow disk', 'slow tape', 'slow\nsocket', 'slow net'];
/** A store with these lines, a span under a name of its own, and two series of one gauge. */
const store: RunStore = {
  async lines(stages) {
    const [, operator, quoted] = /^(\|[=~]) (".*")$/s.exec(stages)!;
    const wanted = JSON.parse(quoted!) as string;
    const regex = new RegExp(wanted.replace('(?s)', ''), 's');
    return lines.filter((line) => (operator === '|=' ? line.includes(wanted) : regex.test(line))).slice(0, 3);
  },
  levels: async () => [
    { level: 'ERROR', count: 1 },
    { level: 'warn', count: 4 },
  ],
  async countSpans(conditions) {
    if (conditions === '') return telemetry.spans;
    return conditions === 'name = "GET /orders/17"' ? 2 : 0;
  },
  async samples(metric) {
    if (metric === 'pool')
      return [
        { service: 'shop', name: 'pool', value: 2 },
        { service: 'shop', name: 'pool', value: 9 },
      ];
    return telemetry.metrics.filter(({ name }) => name === metric);
  },
};

/** What does not hold: rule, message, and the nearest miss. */
async function judge(text: string, seen = telemetry, asked = store): Promise<string[]> {
  const file = new YamlFile('watchtower.yaml', text);
  const read = readBudgets(file);
  expect(file.problems).toEqual([]);
  const judged = await Promise.all(read!.budgets.map(async (budget) => budget.judge(seen, asked)));
  return judged.flatMap((failure) => {
    if (!failure) return [];
    if ('unjudged' in failure) return `? ${failure.unjudged}`;
    return `${failure.rule}: ${failure.message}${failure.nearest[0] ? ` | ${failure.nearest[0]}` : ''}`;
  });
}

describe('a watchtower.yaml', () => {
  it('holds where the run keeps to it', async () => {
    expect(
      await judge(`
traces: 3
errors: <= 2
services: [shop]
requests:
  POST /orders: {p95: 310ms, p50: ≤ 10ms, max: < 1s, queries: ≤ 6, errors: 1, retries: 1, spans: 7, count: 3}
  GET /orders/*: {p95: 20ms, errors: 0}
  shop GET /never: {count: 0}
findings: {forbid: [retry-storm, problems], allow: [00112233445566aa]}
spans: [{name: SELECT *, service: shop, count: 18}, {name: POST card}]
logs: {error: 1, warn: <= 4, forbid: [deadlock], require: ['card * refused']}
metrics: {orders_total: 7, queue: '>= 7'}
`),
    ).toEqual([]);
  });

  it('says of each line that does not hold what it was, and where it comes from', async () => {
    expect(
      await judge(`
traces: '> 3'
errors: 0
services: [stock]
requests:
  POST /orders: {p95: 300ms, queries: 5, errors: 0, retries: 0, count: '>= 4'}
  POST /order: {errors: 0}
findings: {forbid: all}
spans: [{name: SELECT stocks}, {name: SELECT *, count: '< 18'}]
logs: {error: 0, warn: 3, forbid: [refused], require: [card accepted]}
metrics: {orders_total: '> 7', queue: 6, order_total: 1}
`),
    ).toEqual([
      'traces: expected above 3 traces, found 3',
      'errors: expected at most 0 failed spans, found 2 | 2 × shop POST card, trace t2',
      'services: nothing came from the service stock | shop',
      'count: shop POST /orders: 3 requests, expected at least 4',
      'errors: shop POST /orders: 1 failed requests, expected at most 0 | 2 × shop POST card, trace t2',
      'p95: shop POST /orders: 310 ms, expected at most 300 ms | shop SELECT stock: 300 ms a request in 18 spans',
      'queries: shop POST /orders: 6 queries a request, expected at most 5 | 18 × shop SELECT stock, trace t1',
      'retries: shop POST /orders: 0.67 retries a request, expected at most 0 | 2 × shop POST card, trace t2',
      'errors: there is no request POST /order in the run | shop POST /orders (3 times)',
      'findings: there is 1 | n-plus-one-queries 00112233445566aa: It asks 6 times.',
      'spans: span SELECT stocks: expected at least 1, found 0 | shop SELECT stock',
      'spans: span SELECT *: expected below 18, found 18 | shop SELECT stock',
      'error: expected at most 0 lines of level error, found 1 | 1 × shop card 17 refused',
      'warn: expected at most 3 lines of level warn, found 4 | 4 × shop slow disk',
      'logs: there are lines refused | card 17 refused',
      'logs: there is no line card accepted | 1 × shop card 17 refused',
      'metrics: orders_total is 7, expected above 7 | shop orders_total = 3',
      'metrics: queue is 7, expected exactly 6 | shop queue = 7',
      'metrics: there is no metric order_total in the run | shop orders_total = 3',
    ]);
  });

  it('looks at all lines, spans and series of the run, not at the examples of its summary', async () => {
    expect(
      await judge(`
spans: [{name: GET /orders/17, count: 0}]
logs: {forbid: ["slow t*", "slow * ", "slow <*>t"], require: ["slow*socket"]}
metrics: {pool: '<= 5'}
`),
    ).toEqual([
      'spans: span GET /orders/17: expected exactly 0, found 2 | shop POST card',
      'logs: there are lines slow t* | slow tape',
      'logs: there are lines slow <*>t | slow net',
      'metrics: pool is 9, expected at most 5 | shop pool = 2',
    ]);
  });

  it('says that it cannot judge what would need all, where not all was seen', async () => {
    const few: RunStore = { ...store, levels: async () => [{ level: 'warn', count: 4 }], countSpans: async () => 0 };
    const lost = await judge(
      'logs: {forbid: [deadlock], require: [card accepted, slow]}\nspans: [{name: never, count: 0}]',
      telemetry,
      few,
    );
    expect(lost.map((line) => line.split(' so far')[0])).toEqual([
      '? it cannot be judged: 0 spans never',
      '? it cannot be judged: no line deadlock where it was looked for',
      '? it cannot be judged: no line card accepted where it was looked for',
    ]);
    const cut: RunTelemetry = {
      ...telemetry,
      findings: [],
      leftOut: ['Of the traces 3 were read: there are more.'],
      cut: ['metrics', 'traces', 'templates'],
    };
    const judged = await judge(
      `
traces: 3
errors: 1
requests: {POST /orders: {p95: 1s}}
findings: {forbid: all}
services: [stock, shop]
metrics: {never_there: 3}
`,
      cut,
    );
    expect(judged.map((line) => line.split(' so far')[0])).toEqual([
      '? it cannot be judged: 3 traces',
      'errors: expected at most 1 failed spans, found 2 | 2 × shop POST card, trace t2',
      '? it cannot be judged: nothing of stock',
      '? it cannot be judged: 1 kinds of POST /orders',
      '? it cannot be judged: no such findings',
      '? it cannot be judged: no metric never_there',
    ]);
    expect(await judge("requests: {'GET /orders/2': {count: 0}}")).toEqual([
      expect.stringContaining('may be of it: shop GET /orders/<id> (9 times)'),
    ]);
  });

  it('asks for attributes of spans in TraceQL', () => {
    const file = new YamlFile(
      'w.yaml',
      'spans: [{name: GET /*, service: shop, attributes: {db.system: h2, rows: 3, "a b": "*"}}]',
    );
    expect(readBudgets(file)!.expectations.map(({ query }) => query)).toEqual([
      '{ name =~ "GET /.*" && resource.service.name = "shop" && .db.system = "h2" && (.rows = 3 || .rows = "3") && ."a b" != nil }',
    ]);
  });

  it.each([
    ['request: {}', '1: unknown key request: did you mean requests?'],
    ['requests:\n  POST /x:\n    p96: 3ms', '3: unknown key requests.POST /x.p96: did you mean p95?'],
    ['requests:\n  POST /x: {p95: 300}', '2: requests.POST /x.p95: "300" is no bound; write 300ms or <= 1.5s'],
    ['errors: few', '1: errors: "few" is no bound; write 5, <= 5 or >= 1'],
    ['findings: {forbid: [n+1]}', '1: findings.forbid: n+1 is no rule; write all, problems, or some of'],
    ['findings: {forbid: all, allow: [x]}', '1: findings.allow: x is neither a rule nor the fingerprint of a finding'],
    ['spans: [{service: x}]', '1: spans[0].name is missing'],
    ['logs: {errors: 0}', '1: unknown key logs.errors: did you mean error?'],
    ['- a', '1: the document must be a mapping of keys to values'],
    ['', '1: the document must be a mapping of keys to values'],
    ['a: [', '1: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ['traces: 1\ntraces: 2', '2: Map keys must be unique'],
  ])('names what is wrong with its line: %j', (text, problem) => {
    const file = new YamlFile('w.yaml', text);
    readBudgets(file);
    expect(file.problems.map(({ place, message }) => `${place.line}: ${message}`)[0]).toContain(problem);
  });
});
