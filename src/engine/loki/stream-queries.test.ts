import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestLogs, testStartNs } from './test-logs';

let logs: Awaited<ReturnType<typeof openTestLogs>>;
beforeAll(async () => {
  logs = await openTestLogs([
    {
      line: 'a=1 b=2.5 c=true d=5ms',
      resource: { 'deployment.environment': 'dev', 'host.name': 'box' },
      attributes: { 'user.id': 7 },
    },
    { line: '{"x":{"y":"z"}}', resource: { 'deployment.environment': 'dev' } },
    { line: 'four', service: 'web' },
  ]);
});
afterAll(() => logs.close());

const range = { start: String(testStartNs), end: String(testStartNs + 60_000_000_000n) };

test('labels and their values are those of streams with lines in the range', async () => {
  expect((await logs.get('labels', range)).json().data).toEqual(['deployment_environment', 'service_name']);
  expect((await logs.get('label/service_name/values', range)).json().data).toEqual(['api', 'web']);
  const filtered = await logs.get('label/service_name/values', { ...range, query: '{deployment_environment="dev"}' });
  expect(filtered.json().data).toEqual(['api']);
  expect((await logs.get('labels', { start: '1', end: '2' })).json().data).toEqual([]);
});

test('series are the label sets of streams, once each', async () => {
  const answer = await logs.get('series', { ...range, 'match[]': '{service_name=~".+"}' });
  expect(answer.json().data).toEqual([{ service_name: 'api', deployment_environment: 'dev' }, { service_name: 'web' }]);
});

// As a chunk of Loki counts: a line, eight bytes for each label of its metadata, and each name and value of them once.
test('index stats count streams, lines and bytes', async () => {
  const answer = await logs.get('index/stats', { ...range, query: '{service_name="api"}' });
  expect(answer.json()).toEqual({ streams: 1, chunks: 0, entries: 2, bytes: 117 });
});

test('volume is bytes by the labels of the query, most first', async () => {
  const answer = await logs.get('index/volume', { ...range, query: '{service_name=~".+"}' });
  expect(answer.json().data.result).toEqual([
    { metric: { service_name: 'api' }, value: [1790000060, '117'] },
    { metric: { service_name: 'web' }, value: [1790000060, '26'] },
  ]);
  const byLabel = await logs.get('index/volume', { ...range, query: '{}', aggregateBy: 'labels' });
  expect(byLabel.json().data.result.map(({ metric }: { metric: object }) => metric)).toEqual([
    { service_name: '' },
    { deployment_environment: '' },
  ]);
  const byStep = await logs.get('index/volume_range', { ...range, query: '{service_name="api"}', step: '1' });
  expect(byStep.json().data.result[0].values).toEqual([
    [1790000000.999, '80'],
    [1790000001.999, '37'],
  ]);
});

test('volumes by step stand at the end of multiples of the step, the last at the end of the range', async () => {
  const start = String(testStartNs - 500_000_000n);
  const end = String(testStartNs + 1_250_000_000n);
  const answer = await logs.get('index/volume_range', { start, end, query: '{service_name=~".+"}', step: '1' });
  expect(answer.json().data).toMatchObject({
    resultType: 'matrix',
    result: [
      {
        metric: { service_name: 'api' },
        values: [
          [1790000000.999, '80'],
          [1790000001.25, '37'],
        ],
      },
    ],
  });
});

test('volumes of a single step are a vector', async () => {
  const answer = await logs.get('index/volume_range', { ...range, query: '{service_name="web"}', step: '3600' });
  expect(answer.json().data).toMatchObject({
    resultType: 'vector',
    result: [{ metric: { service_name: 'web' }, value: [1790000060, '26'] }],
  });
});

test.each<[Record<string, string>, object[]]>([
  [{ targetLabels: 'deployment_environment' }, [{ deployment_environment: 'dev' }]],
  [{ targetLabels: 'deployment_environment,service_name' }, [{ deployment_environment: 'dev', service_name: 'api' }]],
  [{ targetLabels: 'k8s_pod_name' }, []],
  [{ targetLabels: 'service_name', aggregateBy: 'labels' }, [{ service_name: '' }]],
  [{ aggregateBy: 'labels' }, [{ service_name: '' }, { deployment_environment: '' }]],
])('volume with %j counts the streams that have every target', async (parameters, metrics) => {
  const answer = await logs.get('index/volume', { ...range, query: '{service_name=~".+"}', ...parameters });
  expect(answer.json().data.result.map(({ metric }: { metric: object }) => metric)).toEqual(metrics);
});

test('detected fields tell types, parsers and cardinality', async () => {
  const answer = await logs.get('detected_fields', { ...range, query: '{service_name="api"}' });
  const fields = Object.fromEntries(answer.json().fields.map((field: { label: string }) => [field.label, field]));
  expect(fields).toMatchObject({
    user_id: { type: 'int', cardinality: 1, parsers: null },
    a: { type: 'int', parsers: ['logfmt'] },
    b: { type: 'float', parsers: ['logfmt'] },
    c: { type: 'boolean', parsers: ['logfmt'] },
    d: { type: 'duration', parsers: ['logfmt'] },
    x_y: { type: 'string', parsers: ['json'], jsonPath: ['x', 'y'] },
  });
  expect(
    (await logs.get('detected_field/x_y/values', { ...range, query: '{service_name="api"}' })).json().values,
  ).toEqual(['z']);
});

test.each([
  ['7', 'int'],
  ['-7', 'int'],
  ['2.5', 'float'],
  ['True', 'boolean'],
  ['5ms', 'duration'],
  ['3MB', 'bytes'],
  ['five', 'string'],
])('a detected field of %s is of type %s', async (value, type) => {
  const other = await openTestLogs([{ line: `field=${value}` }]);
  const { fields } = (await other.get('detected_fields', { ...range, query: '{service_name="api"}' })).json();
  expect(fields).toContainEqual({ label: 'field', type, cardinality: 1, parsers: ['logfmt'] });
  await other.close();
});

test('ready, buildinfo and detected labels answer', async () => {
  expect(await (await logs.app.request('/ready')).text()).toBe('ready\n');
  expect((await logs.get('status/buildinfo')).json().version).toMatch(/^3\./);
  expect((await logs.get('detected_labels', range)).json().detectedLabels).toEqual([
    { label: 'deployment_environment', cardinality: 1 },
    { label: 'service_name', cardinality: 2 },
  ]);
});

test.each<[string, Record<string, string>, string]>([
  ['query_range', { query: '{a="b"}', limit: '0' }, 'limit must be a positive value'],
  ['query_range', { query: '{a="b"}', limit: '5001' }, 'max entries limit per query exceeded'],
  ['query_range', { query: '{a="b"}', direction: 'up' }, "invalid direction 'up'"],
  ['query_range', { query: '{a="b"}', start: 'yesterday' }, "could not parse 'start' parameter"],
  ['query_range', { query: '{a="b"}', start: '20', end: '10' }, 'end timestamp must not be before'],
  ['query_range', { query: 'rate({a="b"}[1m])', step: '0' }, 'zero or negative query resolution'],
  ['query_range', { query: 'rate({a="b"}[1m])', start: '0', end: '100000', step: '1' }, 'exceeded maximum resolution'],
  ['series', { 'match[]': '{a="b"} |= "x"' }, 'only label matchers are supported'],
])('%s with %j is refused: %s', async (path, parameters, message) => {
  const answer = await logs.get(path, parameters);
  expect(answer.status).toBe(400);
  expect(answer.text).toContain(message);
});
