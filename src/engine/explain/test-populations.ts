/** Spans for tests of what differs, the same ones each time: a shop of two services, of which one version is bad. */
export interface ShopOrder {
  readonly at: number;
  readonly lasts: number;
  readonly failed: boolean;
  /** Of the span of the service `pay`. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly pod: ShopPod;
  /** Of its log line; none where it is left out. */
  readonly line?: string;
}

export interface ShopPod {
  readonly name: string;
  readonly version: string;
  readonly host: string;
}

const START_MS = 1_700_000_000_000;
export const shopWindow = { from: START_MS, to: START_MS + 600_000 };
export const shopNow = START_MS + 700_000;

/** A generator of numbers from 0 to 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** OTLP JSON of the orders' spans: a request at the gateway, and below it one of `pay`. */
export function tracesOf(orders: readonly ShopOrder[]): object {
  const pods = [...new Set(orders.map(({ pod }) => pod))];
  return {
    resourceSpans: [
      {
        resource: { attributes: pairs({ 'service.name': 'gateway' }) },
        scopeSpans: [{ spans: orders.map((order, index) => spanOf(order, index, 1)) }],
      },
      ...pods.map((pod) => ({
        resource: {
          attributes: pairs({
            'service.name': 'pay',
            'service.version': pod.version,
            'k8s.pod.name': pod.name,
            'host.name': pod.host,
          }),
        },
        scopeSpans: [{ spans: orders.flatMap((order, index) => (order.pod === pod ? [spanOf(order, index, 2)] : [])) }],
      })),
    ],
  };
}

export function linesOf(orders: readonly ShopOrder[]): object {
  return {
    resourceLogs: [
      {
        resource: { attributes: pairs({ 'service.name': 'pay' }) },
        scopeLogs: [
          {
            logRecords: orders.flatMap(({ at, line, failed, attributes }, index) =>
              line === undefined
                ? []
                : [
                    {
                      ...{ timeUnixNano: nanos(at), body: { stringValue: line }, traceId: hex(index + 1, 32) },
                      ...{ severityNumber: failed ? 17 : 9, attributes: pairs(attributes) },
                    },
                  ],
            ),
          },
        ],
      },
    ],
  };
}

function spanOf({ at, lasts, failed, attributes }: ShopOrder, index: number, depth: number): object {
  return {
    traceId: hex(index + 1, 32),
    spanId: hex((index + 1) * 16 + depth, 16),
    ...(depth === 2 && { parentSpanId: hex((index + 1) * 16 + 1, 16) }),
    ...{ name: depth === 1 ? 'POST /orders' : 'POST /pay', kind: 2 },
    startTimeUnixNano: nanos(at),
    endTimeUnixNano: nanos(at + lasts),
    ...(failed && { status: { code: 2, message: 'declined' } }),
    attributes: pairs({
      'request.id': `r-${index}`,
      ...(depth === 2 && { ...attributes, ...(failed && { 'error.type': 'Declined' }) }),
    }),
  };
}

function nanos(milliseconds: number): string {
  return `${START_MS + Math.round(milliseconds)}000000`;
}

function hex(value: number, digits: number): string {
  // Ids of tracers are random.
  const mixed = (BigInt(value) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn;
  return (mixed | 1n).toString(16).padStart(digits, '0').slice(-digits);
}

function pairs(values: Readonly<Record<string, unknown>>): object[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value:
      typeof value === 'number'
        ? { intValue: String(value) }
        : typeof value === 'boolean'
          ? { boolValue: value }
          : { stringValue: String(value) },
  }));
}
