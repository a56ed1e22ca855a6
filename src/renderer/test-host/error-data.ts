import type { ErrorGroup, ErrorList, ErrorOccurrence } from '../../shared/contract/errors';

const at = 1_760_000_000_000;

export function makeErrorGroup(of: Partial<ErrorGroup> = {}): ErrorGroup {
  return {
    ...{ id: 'a'.repeat(16), kind: 'exception', type: 'PaymentError', template: 'order <*> declined' },
    ...{ example: 'order 17 declined', frame: 'pay (src/pay.ts)', count: 3, toldBySpans: 2, toldByLines: 1 },
    ...{ firstSeen: at, lastSeen: at + 60_000, firstKept: at - 3_600_000, lastKept: at + 60_000, buckets: [0, 1, 2] },
    services: [{ name: 'shop', count: 3 }],
    versions: [{ name: '1.4.0', count: 3 }],
    environments: [],
    handling: 'unhandled',
    newest: [{ traceId: '1'.repeat(32), spanId: '2'.repeat(16), service: 'shop', at: at + 60_000 }],
    ...{ isNew: false, muting: null, cameBack: false },
    ...of,
  };
}

export function makeErrorList(groups: readonly ErrorGroup[], of: Partial<ErrorList> = {}): ErrorList {
  return {
    window: { from: at - 900_000, to: at + 60_001 },
    groups: [...groups],
    total: groups.length,
    occurrences: groups.reduce((sum, { count }) => sum + count, 0),
    newGroups: groups.filter(({ isNew }) => isNew).length,
    muted: 0,
    services: ['cart', 'shop'],
    newSince: { at: at - 900_000, words: 'the window began' },
    partial: false,
    leftOut: [],
    ...of,
  };
}

export function makeOccurrence(of: Partial<ErrorOccurrence> = {}): ErrorOccurrence {
  return {
    ...{ id: 's1-a', traceId: '1'.repeat(32), spanId: '2'.repeat(16), service: 'shop', at: at + 60_000 },
    ...{ timeNs: `${at + 60_000}000000`, source: 'span', name: 'POST /pay', message: 'order 17 declined' },
    stack: `PaymentError: order 17 declined
    at pay (/srv/shop/src/pay.ts:41:3)
    at next (/srv/shop/node_modules/express/lib/router.js:1:1)
    at handle (/srv/shop/node_modules/express/lib/layer.js:2:2)
    at checkout (/srv/shop/src/checkout.ts:9:1)`,
    ...{ version: '1.4.0', environment: '', handling: 'unhandled', alsoTold: 2 },
    ...of,
  };
}
