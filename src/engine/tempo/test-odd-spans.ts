import type { TestSpan } from './test-telemetry';

/** When the spans below happened, by their `at`. Unix milliseconds. */
export const base = 1_760_000_000_000;
export const E = '0e000000000000000000000000000005';
const F = '0f000000000000000000000000000006';
export const G = '00000000000000000abc000000000007';
export const id = (letter: string, number: number) => `${letter}${'0'.repeat(14)}${number}`;

/** E: events and links. F: attributes with names of intrinsics, and of keywords. G: an id of 64 bits, names alone. */
export const oddSpans: readonly TestSpan[] = [
  {
    id: id('e', 1),
    trace: E,
    service: 'parts',
    name: 'both on one',
    at: 0,
    lasts: 100,
    events: [
      { name: 'start', at: 1, attributes: { x: 1, y: 5 } },
      { name: 'retry', at: 2, attributes: { x: 2, y: 7 } },
    ],
    links: [
      { trace: G, span: id('0', 1), attributes: { why: 'first' } },
      { trace: F, span: id('0', 2), attributes: { why: 'second' } },
    ],
  },
  {
    id: id('e', 2),
    trace: E,
    parent: id('e', 1),
    service: 'parts',
    name: 'on two',
    at: 10,
    lasts: 10,
    events: [
      { name: 'retry', at: 11, attributes: { x: 1 } },
      { name: 'other', at: 12, attributes: { x: 2 } },
    ],
    links: [
      { trace: G, span: id('0', 1), attributes: { why: 'second' } },
      { trace: F, span: id('0', 2), attributes: { why: 'first' } },
    ],
  },
  { id: id('e', 3), trace: E, parent: id('e', 2), service: 'parts', name: 'no parts', at: 20, lasts: 5 },
  {
    id: id('f', 1),
    trace: F,
    service: 'names',
    name: 'names',
    at: 1000,
    lasts: 10,
    attributes: {
      name: 'own name',
      duration: 'own duration',
      flag: false,
      text: 'false',
      'resource.id': '/sub/1',
      'span.kind': 'x',
      'event.name': 'e',
      'link.x': 'l',
      'instrumentation.x': 'i',
      'parent.id': 'p',
      'with space': 'v',
      within: 'w',
      город: 'Омск',
      名前: 'n',
      'http.method': 'GET',
      'http.flavor': '1.1',
    },
  },
  {
    id: id('f', 2),
    trace: F,
    parent: id('f', 1),
    service: 'names',
    name: 'true',
    at: 1001,
    lasts: 1,
    attributes: { flag: true },
  },
  { id: id('f', 3), trace: F, parent: id('f', 9), service: 'names', name: 'orphan', at: 1002, lasts: 1 },
  // Long after the end of the range below, in a trace that overlaps it.
  { id: id('7', 1), trace: G, service: 'long', name: 'root', at: 20_000, lasts: 20_000 },
  {
    id: id('7', 2),
    trace: G,
    parent: id('7', 1),
    service: 'long',
    name: 'late',
    at: 39_000,
    lasts: 10,
    status: { code: 2 },
  },
  {
    id: id('7', 3),
    trace: G,
    parent: id('7', 1),
    service: 'long',
    name: 'early',
    at: 20_001,
    lasts: 10,
    status: { code: 1 },
  },
];
