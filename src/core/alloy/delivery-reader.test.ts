import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AlloyReport, DeliveryReader } from './delivery-reader';
import { componentLabel, exporterId } from './render/name-components';
import { startTestAlloy, type TestAlloy } from './test-alloy';

/** As Alloy 1.18 writes them. */
function counters(sent: number, failed = 0, full = 0, queued = 0): string {
  const labels = `component_id="${exporterId('sumo')}",component_path="/",exporter="otlp_http/x",otel_scope_version=""`;
  return [
    '# HELP otelcol_exporter_sent_spans_total Number of spans successfully sent to destination. [Alpha]',
    '# TYPE otelcol_exporter_sent_spans_total counter',
    `otelcol_exporter_sent_spans_total{${labels}} ${sent}`,
    `otelcol_exporter_sent_spans_total{component_id="otelcol.exporter.otlp.tempo"} 9e+06`,
    `otelcol_exporter_send_failed_spans_total{${labels}} ${failed}`,
    `otelcol_exporter_enqueue_failed_log_records_total{${labels}} ${full}`,
    `otelcol_exporter_queue_size{${labels},data_type="traces"} ${queued}`,
    `otelcol_exporter_queue_size{${labels},data_type="logs"} 1`,
    `otelcol_exporter_queue_capacity{${labels},data_type="traces"} 50000`,
    `otelcol_exporter_queue_capacity{${labels},data_type="logs"} 50000`,
    `http_client_request_body_size_bytes_sum{${labels},http_response_status_code="200"} ${sent * 100}`,
    `http_client_request_body_size_bytes_sum{${labels},http_response_status_code="503"} 7`,
    'otelcol_receiver_accepted_spans_total{component_id="otelcol.receiver.otlp.in",transport="grpc"} 5',
    'otelcol_receiver_accepted_spans_total{component_id="otelcol.receiver.otlp.in",transport="http"} 6',
    'otelcol_receiver_refused_metric_points_total{component_id="otelcol.receiver.otlp.in"} 2',
  ].join('\n');
}

function failure(text: string): string {
  return `ts=2026-01-01T00:00:00Z level=info msg="Exporting failed. Will retry the request after interval." component_path=/ component_id=otelcol.exporter.otlphttp.${componentLabel('sumo')} error="${text}" interval=5s`;
}

/** What is not tried again. */
function refusal(status: number): string {
  return `ts=2026-01-01T00:00:00Z level=error msg="Exporting failed. Dropping data." component_path=/ component_id=${exporterId('sumo')} error="not retryable error: Permanent error: rpc error: code = Unauthenticated desc = error exporting items, request to http://sink/v1/traces responded with HTTP Status Code ${status}" dropped_items=1`;
}

function answers(status: number, requests: number): string {
  return `http_client_request_body_size_bytes_count{component_id="${exporterId('sumo')}",http_response_status_code="${status}"} ${requests}`;
}

describe('DeliveryReader', () => {
  let alloy: TestAlloy;
  let reader: DeliveryReader;
  let ids: string[];
  let now: number;

  beforeEach(async () => {
    alloy = await startTestAlloy('');
    ids = ['sumo'];
    now = 1_000;
    reader = new DeliveryReader({
      connect: () => alloy,
      destinations: () => ids,
      maskSecrets: (text) => text.replaceAll('hush', '***'),
      now: () => now,
    });
  });

  afterEach(() => alloy.close());

  async function read(metrics: string) {
    alloy.script.metrics = metrics;
    return ((await reader.read()) as AlloyReport).deliveries.get('sumo');
  }

  it('waits until something was sent, then tells what, and how many bytes', async () => {
    expect(await read(counters(0))).toMatchObject({
      state: 'waiting',
      lastSentAt: null,
      queued: 1,
      queueCapacity: 100_000,
    });
    now = 2_000;
    expect(await read(counters(12, 3, 4, 20))).toMatchObject({
      sent: { spans: 12, logs: 0, points: 0 },
      dropped: { spans: 3, logs: 4, points: 0 },
      queued: 21,
      bytes: 1_200,
      lastSentAt: 2_000,
    });
  });

  it('is failing after an error, with its reason and the secret masked, until something is sent again', async () => {
    await read(counters(1));
    now = 2_000;
    alloy.script.log = [
      { at: 1_900, text: failure('rpc error: code = Unavailable desc = hush answered 503, Message=, Details=[]') },
    ];
    expect(await read(counters(1))).toMatchObject({
      state: 'failing',
      lastError: { at: 1_900, message: '*** answered 503' },
    });
    now = 3_000;
    expect(await read(counters(2))).toMatchObject({ state: 'sending', lastError: { at: 1_900 }, lastSentAt: 3_000 });
  });

  it('leaves out errors from before the destination was switched on', async () => {
    ids = [];
    await read(counters(0));
    ids = ['sumo'];
    alloy.script.log = [{ at: 999, text: failure('old') }];
    expect(await read(counters(0))).toMatchObject({ state: 'waiting', lastError: null });
  });

  it('is failing when the queue is full, which Alloy logs without the name of the destination', async () => {
    await read(counters(1));
    now = 2_000;
    expect(await read(counters(1, 0, 500))).toMatchObject({
      state: 'failing',
      lastError: { at: 2_000, message: 'The queue is full: 500 items were dropped.' },
    });
  });

  it('is failing when what was sent is refused, also where the log tells nothing, until the next is taken', async () => {
    await read(counters(100));
    now = 2_000;
    expect(await read(`${counters(100, 5)}\n${answers(401, 1)}`)).toMatchObject({
      state: 'failing',
      dropped: { spans: 5 },
      lastError: { at: 2_000, message: 'HTTP 401: 5 items refused.', status: 401, lost: true },
    });
    now = 3_000;
    expect(await read(`${counters(100, 5)}\n${answers(401, 1)}`)).toMatchObject({ state: 'failing' });
    now = 4_000;
    expect(await read(`${counters(101, 5)}\n${answers(401, 1)}`)).toMatchObject({ state: 'sending' });
  });

  it('is failing when some was sent and then the rest refused, between two looks', async () => {
    await read(counters(1));
    now = 3_000;
    alloy.script.log = [{ at: 2_500, text: refusal(401) }];
    for (now of [3_000, 5_000]) {
      expect(await read(counters(99, 1))).toMatchObject({
        state: 'failing',
        lastError: { status: 401, lost: true, message: expect.stringContaining('HTTP Status Code 401') },
      });
    }
  });

  it('is failing when it takes spans and refuses log lines', async () => {
    const logs = (refused: number) =>
      `otelcol_exporter_send_failed_log_records_total{component_id="${exporterId('sumo')}"} ${refused}`;
    await read(`${counters(1)}\n${logs(0)}`);
    expect(await read(`${counters(2)}\n${logs(3)}`)).toMatchObject({ state: 'failing' });
    expect(await read(`${counters(3)}\n${logs(3)}`)).toMatchObject({ state: 'failing' });
  });

  it('does not call failing what was refused before it was first looked at and taken since', async () => {
    expect(await read(counters(100, 5))).toMatchObject({ state: 'sending', dropped: { spans: 5 } });
  });

  it.each([
    ['after it was switched on, before the first look', 1_500, 'failing'],
    ['before this host watched', 500, 'sending'],
  ])('tells by the log what was taken and refused %s', async (_when, at, state) => {
    now = 2_000;
    alloy.script.log = [{ at, text: refusal(401) }];
    expect(await read(counters(100, 5))).toMatchObject({ state, dropped: { spans: 5 } });
  });

  it('is not failing any more with another key, and is again when that is refused too', async () => {
    await read(counters(1));
    now = 2_000;
    alloy.script.log = [{ at: 1_900, text: refusal(403) }];
    expect(await read(counters(1, 1))).toMatchObject({ state: 'failing' });
    now = 3_000;
    reader.begin(['sumo']);
    now = 4_000;
    expect(await read(counters(1, 1))).toMatchObject({ state: 'sending' });
    now = 5_000;
    alloy.script.log = [{ at: 4_900, text: refusal(401) }];
    expect(await read(counters(1, 2))).toMatchObject({ state: 'failing', lastError: { status: 401 } });
  });

  it('counts on when Alloy counts from nothing again', async () => {
    await read(counters(100, 5));
    expect(await read(counters(2, 1))).toMatchObject({ sent: { spans: 102 }, dropped: { spans: 6 }, bytes: 10_200 });
  });

  it('counts from nothing when the destination was off in between', async () => {
    await read(counters(100));
    ids = [];
    expect(await read(counters(0))).toBeUndefined();
    ids = ['sumo'];
    expect(await read(counters(3))).toMatchObject({ sent: { spans: 3 } });
  });

  it('sums what the receivers took in and refused', async () => {
    alloy.script.metrics = counters(0);
    expect(await reader.read()).toMatchObject({
      ingest: { accepted: { spans: 11, logs: 0, points: 0 }, refused: { spans: 0, logs: 0, points: 2 } },
    });
  });

  it('says so when Alloy does not answer', async () => {
    await alloy.close();
    expect(await reader.read()).toMatchObject({ kind: 'alloy-not-answering' });
  });
});
