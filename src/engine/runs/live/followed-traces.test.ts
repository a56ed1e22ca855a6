import { expect, it } from 'vitest';
import { CallSides } from '../../../shared/findings/call-sides';
import { FindingCollector } from '../../../shared/findings/finding-collector';
import { hashText } from '../../../shared/shapes/hash-text';
import { call, internal, makeWork, query, server, times } from '../../../shared/shapes/make-traces.test-data';
import { viewTrace } from '../../../shared/shapes/trace-view';
import { Pace } from '../../pace/pace';
import { FollowedCalls } from './followed-calls';
import { type FollowedTrace, followTrace } from './followed-trace';
import { FollowedTraces } from './followed-traces';

const startMs = 1_790_000_000_000;
const asked = { attributes: { 'url.path': '/items', 'http.request.method': 'GET' } };
const traces = times(700, (at): FollowedTrace => {
  const kinds = [
    server('shop', 'GET /orders', {
      below: times(5 + (at % 4), (id) => query('shop', `SELECT * FROM items WHERE id = ${id}`)),
    }),
    internal('shop', `load order ${1000 + at}`),
    call('shop', 'GET http://stock:8080/items', { ms: 50 }),
    server('stock', 'GET /items', asked),
    server('shop', 'GET /fail', { error: `no stock ${at % 3}` }),
  ];
  return followTrace(viewTrace(makeWork(kinds[at % kinds.length]!, { startMs: startMs + at })), []);
});

function freshly(kept: readonly FollowedTrace[]) {
  const collector = new FindingCollector();
  for (const { look, halves } of kept) collector.add({ ...look, halves: () => halves });
  return collector.finish({ requests: [], requestCount: 0, templates: [] });
}

async function followed(all: FollowedTraces) {
  const { fold, lost } = await all.fold(new Pace());
  const requests = [...fold.requests.values()].reduce((sum, { count }) => sum + count, 0);
  return { found: fold.collector.finish({ requests: [], requestCount: 0, templates: [] }, lost), requests };
}

it('tells what traces come to, whichever came and went between, and from whichever end', async () => {
  const all = new FollowedTraces();
  const kept = new Map<string, FollowedTrace>();
  const keep = (trace: FollowedTrace) => {
    all.keep(trace);
    kept.set(trace.look.traceId, trace);
  };
  const drop = ({ look: { traceId } }: FollowedTrace) => {
    all.drop(traceId);
    kept.delete(traceId);
  };
  const steps = [
    () => traces.slice(0, 400).forEach(keep),
    () => traces.slice(400, 455).forEach(keep),
    () => {},
    // Those that are oldest, some between, some that were looked at again.
    () => traces.slice(0, 70).forEach(drop),
    () => traces.slice(455, 700).forEach(keep),
    () => traces.filter((_, at) => at % 7 === 3).forEach(drop),
    () => traces.filter((_, at) => at % 9 === 5).forEach(keep),
    () => all.dropBefore(BigInt(startMs + 690) * 1_000_000n),
  ];
  for (const [at, step] of steps.entries()) {
    step();
    if (at === steps.length - 1)
      for (const trace of traces)
        if (trace.lastNs < BigInt(startMs + 690) * 1_000_000n) kept.delete(trace.look.traceId);
    const { found, requests } = await followed(all);
    expect(found).toEqual(freshly([...kept.values()]));
    expect([all.size, requests]).toEqual([kept.size, kept.size]);
  }
  traces.forEach(drop);
  expect(await followed(all)).toEqual({ found: { findings: [], leftOut: [] }, requests: 0 });
  traces.slice(0, 10).forEach(keep);
  expect((await followed(all)).found).toEqual(freshly(traces.slice(0, 10)));
});

it('holds the calls of so many traces against each other as are looked at, the same ones whatever came and went', () => {
  const most = 40;
  const calls = new FollowedCalls(most);
  const held = new Map<string, FollowedTrace>();
  const expected = () => {
    const sides = new CallSides();
    const byHash = [...held.values()].sort((a, b) => (hashText(a.look.traceId) < hashText(b.look.traceId) ? -1 : 1));
    for (const { halves } of byHash.slice(0, most)) sides.add(halves);
    return counted(sides.lost());
  };
  const counted = (lost: ReturnType<CallSides['lost']>) =>
    lost.flatMap(({ evidence }) => evidence.map(({ traceId }) => traceId)).sort();
  const change = (adds: readonly FollowedTrace[], drops: readonly FollowedTrace[]) => {
    for (const trace of drops) {
      calls.drop(trace.look.traceId);
      held.delete(trace.look.traceId);
    }
    for (const trace of adds) {
      calls.add(trace.look.traceId, trace.halves);
      held.set(trace.look.traceId, trace);
    }
    const lost = counted(calls.lost());
    expect(lost).toEqual(expected());
    return lost.length;
  };
  const halves = traces.filter((trace) => trace.halves.length > 0);
  expect(change(halves.slice(0, 30), [])).toBeGreaterThan(0);
  expect(change(halves.slice(30, 200), [])).toBeGreaterThan(0);
  expect(change(halves.slice(0, 9), halves.slice(0, 60))).toBeGreaterThan(0);
  expect(change(halves.slice(20, 60), halves.slice(60, 190))).toBeGreaterThan(0);
  expect(change([], [...held.values()])).toBe(0);
});
