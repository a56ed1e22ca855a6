import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPrometheusApi } from '../../prometheus/create-prometheus-api';
import { ERROR, SERVER, TestSpanStore } from '../../test-span-store';

let kept: TestSpanStore;

beforeEach(async () => {
  kept = await TestSpanStore.open();
});
afterEach(() => kept.close());

const send: TestSpanStore['send'] = (...sent) => kept.send(...sent);
const derive = () => kept.derive();
const query = (text: string) => kept.query(text);

describe('span metrics', () => {
  it('count spans without a start or an end as calls, and no duration of theirs', async () => {
    await send('shop', [
      { trace: 1, id: 1, kind: SERVER, ms: 3 },
      { trace: 2, id: 2, kind: SERVER, ms: 100, without: 'start' },
      { trace: 3, id: 3, kind: SERVER, ms: 100, without: 'end' },
      { trace: 4, id: 4, kind: 1, ms: 1, name: 'never timed', without: 'start' },
    ]);
    for (let i = 0; i < 3; i++) await derive();
    expect(await query('sum by (span_name) (traces_spanmetrics_calls_total)')).toEqual({ GET: 3, 'never timed': 1 });
    expect(await query('sum by (span_name) (traces_spanmetrics_latency_count)')).toEqual({ GET: 1 });
    expect(await query('sum(traces_spanmetrics_latency_sum)')).toEqual({ '': 0.003 });
    expect(await query('traces_service_graph_request_total')).toEqual({ 'user virtual_node shop': 3 });
    expect(await query('traces_service_graph_request_server_seconds_sum')).toEqual({ 'user virtual_node shop': 0.003 });
  });

  describe('of a span that comes unfinished first', () => {
    const begun = { trace: 1, id: 1, kind: SERVER, ms: 100, without: 'end' as const };
    const done = { trace: 1, id: 1, kind: SERVER, ms: 100 };
    const CALLS = 'sum by (status_code) (traces_spanmetrics_calls_total)';
    const ofGraph = 'sum(traces_service_graph_request_total)';
    const once = { STATUS_CODE_UNSET: 1 };

    it.each([0, 1, 2, 3, 4, 6])('count one call, where the end comes %d collections later', async (collections) => {
      await send('shop', [begun]);
      for (let i = 0; i < collections; i++) await derive();
      await send('shop', [done]);
      for (let i = 0; i < 4; i++) await derive();
      expect(await query(CALLS)).toEqual(once);
      expect(await query(ofGraph)).toEqual({ '': 1 });
      expect(await query('sum(traces_spanmetrics_latency_count)')).toEqual({ '': 1 });
    });

    it.each([1, 3])('count it as what it became, where it fails %d collections later', async (collections) => {
      await send('shop', [begun]);
      for (let i = 0; i < collections; i++) await derive();
      await send('shop', [{ ...done, status: ERROR }]);
      for (let i = 0; i < 4; i++) await derive();
      const failed = { STATUS_CODE_ERROR: 1 };
      expect(await query(CALLS)).toEqual(collections === 1 ? failed : { ...once, ...failed });
    });

    it('count one call, where it is reported again and again', async () => {
      for (let report = 0; report < 5; report++) {
        await send('shop', [{ ...begun, attributes: { report: `${report}` } }]);
        for (let i = 0; i < 4; i++) await derive();
      }
      await send('shop', [done]);
      for (let i = 0; i < 4; i++) await derive();
      expect(await query(CALLS)).toEqual(once);
      expect(await query(ofGraph)).toEqual({ '': 1 });
    });
  });

  it('of more names than there is room for are counted together, and it is told for as long as they come', {
    timeout: 60_000,
  }, async () => {
    const spans = Array.from({ length: 10_000 }, (_, i) => ({
      trace: i + 1,
      id: i + 1,
      kind: 1,
      ms: 3,
      name: `op ${i}`,
    }));
    await send('shop', spans);
    await derive();
    expect(await query('sum(traces_spanmetrics_calls_total)')).toEqual({ '': 10_000 });
    expect(await query('sum(traces_spanmetrics_latency_count)')).toEqual({ '': 10_000 });
    const overflow = (await query('sum(traces_spanmetrics_calls_total{metric_overflow="true"})'))[''];
    expect(overflow).toBeGreaterThan(5_000);
    expect(kept.store.derivedOverflow()).toBe(overflow);
    expect(kept.store.seriesCount()).toBeLessThanOrEqual(51_000);
    const near = kept.store.leftOut.read().reasons.map(({ reason, lost }) => [reason, lost]);
    expect(near).toEqual([[expect.stringContaining('soon new span names are counted together'), false]]);
    kept.now += 16 * 60_000;
    await derive();
    expect(kept.store.derivedOverflow()).toBe(0);
  });

  it('of many names leave the service graph alone', async () => {
    const ids = Array.from({ length: 10_000 }, (_, i) => i + 1);
    await send(
      'shop',
      ids.map((id) => ({ trace: id, id, kind: SERVER, ms: 3, name: `op ${id}` })),
    );
    await derive();
    expect(await query('traces_service_graph_request_total')).toEqual({ 'user virtual_node shop': 10_000 });
    await send('cart', [{ trace: 10_001, id: 10_001, kind: SERVER, ms: 5 }]);
    await derive();
    expect(await query('traces_service_graph_request_total{server="cart"}')).toEqual({ 'user virtual_node cart': 1 });
    expect(await query('traces_service_graph_request_server_seconds_count{server="cart"}')).toEqual({
      'user virtual_node cart': 1,
    });
    const overflow = await query('sum(traces_spanmetrics_calls_total{metric_overflow="true"})');
    expect(kept.store.derivedOverflow()).toBe(overflow['']);
  });

  it('of more names than there is room for are told apart by service, kind and status', {
    timeout: 60_000,
  }, async () => {
    const spans = (kind: number, status?: { code: number }) =>
      Array.from({ length: 5_000 }, (_, i) => {
        const id = i + 1 + kind * 10_000;
        return { trace: id, id, kind, ms: 3, name: `op ${kind} ${i}`, ...(status && { status }) };
      });
    await send('shop', [...spans(1), ...spans(SERVER, ERROR)]);
    await derive();
    await send('cart', [{ trace: 1, id: 1, kind: 1, ms: 3, name: 'late' }]);
    await derive();
    for (const [metric, of] of [
      ['calls_total', ''],
      ['latency_count', ''],
      ['latency_bucket', 'le="+Inf",'],
    ] as const) {
      const by = await query(`sum by (service, span_kind, status_code) (traces_spanmetrics_${metric}{${of}})`);
      expect(by).toEqual({
        'cart SPAN_KIND_INTERNAL STATUS_CODE_UNSET': 1,
        'shop SPAN_KIND_INTERNAL STATUS_CODE_UNSET': 5_000,
        'shop SPAN_KIND_SERVER STATUS_CODE_ERROR': 5_000,
      });
    }
    expect(Object.keys(await query('traces_spanmetrics_calls_total{service="cart"}'))).toEqual([
      'true cart SPAN_KIND_INTERNAL STATUS_CODE_UNSET',
    ]);
  });

  it('count calls and latencies by service, name, kind and status', async () => {
    await send('shop', [
      { trace: 1, id: 1, kind: SERVER, ms: 3 },
      { trace: 2, id: 2, kind: SERVER, ms: 300 },
      { trace: 3, id: 3, kind: SERVER, ms: 40_000, status: ERROR },
      { trace: 4, id: 4, kind: 1, ms: 1, name: 'render' },
    ]);
    await derive();
    expect(await query('traces_spanmetrics_calls_total')).toEqual({
      'shop SPAN_KIND_SERVER GET STATUS_CODE_UNSET': 2,
      'shop SPAN_KIND_SERVER GET STATUS_CODE_ERROR': 1,
      'shop SPAN_KIND_INTERNAL render STATUS_CODE_UNSET': 1,
    });
    expect(await query('sum by (le) (traces_spanmetrics_latency_bucket{span_kind="SPAN_KIND_SERVER"})')).toMatchObject({
      '0.002': 0,
      '0.004': 1,
      '0.256': 1,
      '0.512': 2,
      '16.384': 2,
      '+Inf': 3,
    });
    expect(await query('sum(traces_spanmetrics_latency_sum)')).toEqual({ '': 40.304 });
    expect(await query('sum(traces_spanmetrics_latency_count)')).toEqual({ '': 4 });
  });

  it('count each span once over several collections, and the first ones as an increase', async () => {
    await send('shop', [{ trace: 1, id: 1, kind: SERVER, ms: 1 }]);
    await derive();
    await send('shop', [
      { trace: 1, id: 2, kind: SERVER, ms: 1 },
      { trace: 1, id: 3, kind: SERVER, ms: 1 },
    ]);
    await derive();
    await derive();
    expect(await query('sum(traces_spanmetrics_calls_total)')).toEqual({ '': 3 });
    expect(await query('sum(traces_spanmetrics_calls_total - traces_spanmetrics_calls_total offset 20s)')).toEqual({
      '': 2,
    });
    expect((await query('sum(rate(traces_spanmetrics_calls_total[1m]))'))['']).toBeGreaterThan(0);
  });

  it('go on counting where a restarted store left off', async () => {
    await send('shop', [{ trace: 1, id: 1, kind: SERVER, ms: 1 }]);
    await derive();
    await send('shop', [{ trace: 1, id: 2, kind: SERVER, ms: 1 }]);
    await kept.restart();
    await derive();
    expect(await query('sum(increase(traces_spanmetrics_calls_total[10m])) > bool 1.5')).toEqual({ '': 1 });
    expect(await query('sum(resets(traces_spanmetrics_calls_total[10m]))')).toEqual({ '': 1 });
    expect(await query('sum(traces_spanmetrics_calls_total)')).toEqual({ '': 1 });
  });

  it('lead by the exemplar of the slowest span to its trace', async () => {
    await send('shop', [
      { trace: 1, id: 1, kind: SERVER, ms: 3 },
      { trace: 2, id: 2, kind: SERVER, ms: 300 },
    ]);
    await derive();
    const { app } = createPrometheusApi(kept.store.reader, () => kept.now);
    const response = await app.request('/api/v1/query_exemplars?query=traces_spanmetrics_latency_bucket');
    expect(await response.json()).toMatchObject({
      data: [
        {
          seriesLabels: { le: '0.512' },
          exemplars: [{ labels: { trace_id: `${'0'.repeat(31)}2`, span_id: `${'0'.repeat(15)}2` }, value: '0.3' }],
        },
      ],
    });
  });

  it('stop when nothing has come for a quarter of an hour', async () => {
    await send('shop', [{ trace: 1, id: 1, kind: SERVER, ms: 1 }]);
    await derive();
    kept.now += 16 * 60_000;
    await derive();
    expect(await query('traces_spanmetrics_calls_total')).toEqual({});
  });
});
