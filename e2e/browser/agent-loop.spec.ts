import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { freePorts, startHost, type TestHost } from '../start-host';

const execute = promisify(execFile);

interface SearchAnswer {
  traces: { traceID: string; rootServiceName: string }[];
}
interface StreamsAnswer {
  status: string;
  data: { result: { stream: Record<string, string>; values: [string, string][] }[] };
}
interface VectorAnswer {
  status: string;
  data: { result: { metric: Record<string, string>; value: [number, string] }[] };
}

let host: TestHost;

test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.stop());

/** curl as an agent types it: the documented lines, with this host's ports. */
async function curl<Answer>(...args: string[]): Promise<Answer> {
  const { stdout } = await execute('curl', ['-s', ...args]);
  return JSON.parse(stdout) as Answer;
}

for (const protocol of ['grpc', 'http']) {
  test(`the documented queries return what generate sent over ${protocol}`, async () => {
    const sent = await host.cli(
      'generate',
      '--duration',
      '2s',
      '--rate',
      '10',
      '--protocol',
      protocol,
      '--seed',
      '42',
      '--json',
    );
    expect(sent.stderr).toContain('Sending');
    expect(sent.code).toBe(0);
    const { traces, spans, logs } = JSON.parse(sent.stdout);
    expect(traces).toBeGreaterThanOrEqual(20);
    expect(spans).toBeGreaterThan(traces);
    expect(logs).toBeGreaterThan(traces);

    await expect
      .poll(async () => (await curl<SearchAnswer>(`${host.tempo}/api/search?limit=10`)).traces.length)
      .toBe(10);
    const found = await curl<SearchAnswer>(`${host.tempo}/api/search?limit=10`);
    expect(found.traces[0]!.rootServiceName).toBe('api-gateway');

    const lines = await curl<StreamsAnswer>(
      `${host.loki}/loki/api/v1/query_range`,
      '--data-urlencode',
      'query={service_name="payment-service"}',
    );
    expect(lines.status).toBe('success');
    expect(lines.data.result.flatMap(({ values }) => values).length).toBeGreaterThan(3);
    expect(lines.data.result[0]!.stream.service_name).toBe('payment-service');

    await expect
      .poll(
        async () =>
          (await curl<VectorAnswer>(`${host.prometheus}/api/v1/query?query=http_server_request_count_total`)).data
            .result.length,
      )
      .toBeGreaterThan(3);
    const targets = await curl<VectorAnswer>(`${host.prometheus}/api/v1/query?query=target_info`);
    expect(targets.data.result.length).toBeGreaterThanOrEqual(3);
    const up = await curl<VectorAnswer>(`${host.prometheus}/api/v1/query?query=up`);
    expect(up.status).toBe('success');
    const progress = await curl<StreamsAnswer>(
      `${host.loki}/loki/api/v1/query_range`,
      '--data-urlencode',
      'query={service_name="watchtower-generator"}',
    );
    expect(progress.data.result.flatMap(({ values }) => values).length).toBeGreaterThan(0);
  });
}

test('a log line leads to its trace and back', async () => {
  const lines = await curl<StreamsAnswer>(
    `${host.loki}/loki/api/v1/query_range`,
    '--data-urlencode',
    'query={service_name="payment-service"}',
  );
  const traceId = lines.data.result[0]!.stream.trace_id!;
  expect(traceId).toMatch(/^[0-9a-f]{32}$/);
  const trace = await curl<{ trace: { resourceSpans: unknown[] } }>(`${host.tempo}/api/v2/traces/${traceId}`);
  expect(trace.trace.resourceSpans.length).toBeGreaterThan(1);
  const back = await curl<StreamsAnswer>(
    `${host.loki}/loki/api/v1/query_range`,
    '--data-urlencode',
    `query={service_name=~".+"} | trace_id="${traceId}"`,
  );
  expect(back.data.result.length).toBeGreaterThan(0);
});

test('the CLI asks in all three languages and prints JSON for agents', async () => {
  const traces = await host.cli('query', 'traces', '{ resource.service.name = "order-service" }', '--json');
  expect(traces.code).toBe(0);
  expect(JSON.parse(traces.stdout).traces.length).toBeGreaterThan(0);
  const logs = await host.cli('query', 'logs', '{service_name="order-service"} |= "placed"', '--json');
  expect(JSON.parse(logs.stdout).records[0].line).toContain('placed');
  const metrics = await host.cli('query', 'metrics', 'sum(http_server_request_count_total)', '--json');
  expect(Number(JSON.parse(metrics.stdout).series[0].values[0][1])).toBeGreaterThan(0);
});

test('a query that is wrong is refused with its place and exit code 5', async () => {
  const answer = await host.cli('query', 'metrics', 'sum(rate(');
  expect(answer.code).toBe(5);
  expect(answer.stderr).toContain('parse error');
});

test('an unknown command suggests the nearest one and exits with 2', async () => {
  const answer = await host.cli('statsu');
  expect(answer.code).toBe(2);
  expect(answer.stderr).toContain('Did you mean status?');
});

test('a second serve on the same home says where the first one is and exits with 3', async () => {
  const second = await host.cli('serve', '--json', '--no-open', ...freePorts);
  expect(second.code).toBe(3);
  expect(second.stderr).toContain(new URL(host.ui).origin);
});

test('status says that everything is up, and doctor finds nothing wrong', async () => {
  const status = await host.cli('status', '--json');
  expect(status.code).toBe(0);
  expect(JSON.parse(status.stdout)).toMatchObject({ backend: 'embedded', state: 'ready' });
  const doctor = await host.cli('doctor');
  expect(doctor.stdout).not.toContain('✗');
  expect(doctor.code).toBe(0);
});
