import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { indexedAttributes } from './records/log-stream';
import { openTestLogs, type TestLine, testStartNs } from './test-logs';

const lines: Readonly<Record<string, Omit<TestLine, 'line'>>> = {
  cyrillic: { attributes: { город: 'Омск', user: 'u-1' } },
  japanese: { attributes: { 名前: 'a', 年齢: 7 } },
  symbols: { attributes: { '...': 'dots', '': 'nothing', _: 'line' } },
  partly: { attributes: { 'ключ.one': 'a', naïve: 'b', 'emoji😀': 'c', '1st': 'd' } },
  colliding: { attributes: { 'x.y': '1', x_y: '2', 'x-y': '3' } },
  'colliding alike': { attributes: { 'x.y': 'same', x_y: 'same' } },
  'colliding places': { resource: { shared: 'resource' }, attributes: { shared: 'record' } },
  'colliding field': { attributes: { trace_id: 'mine' }, traceId: '0123456789abcdef0123456789abcdef' },
  'colliding scope': { resource: { 'scope.name': 'of the resource' }, scope: 'lib' },
  'colliding stream': { attributes: { service_name: 'mine', 'service.name': 'dotted' } },
  empty: { attributes: { empty: '', full: 'x' }, resource: { 'host.name': '', 'deployment.environment': '' } },
  resource: {
    resource: { 'service.instance.id': 'i', 'k8s.cluster.name': 'c', 'cloud.region': 'r', 'k8s.pod.name': 'p' },
  },
};

let logs: Awaited<ReturnType<typeof openTestLogs>>;
beforeAll(async () => {
  logs = await openTestLogs(Object.entries(lines).map(([line, rest], at) => ({ line, at, ...rest })));
});
afterAll(() => logs.close());

const range = { start: String(testStartNs), end: String(testStartNs + 60_000_000_000n) };

async function ask(stages: string, line?: string) {
  const query = `{service_name="api"}${line ? ` |= \`${line}\`` : ''}${stages}`;
  const answer = await logs.get('query_range', { query, ...range });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.json().data.result as { stream: Record<string, string>; values: [string, string][] }[];
}

const told = ({ stream }: { stream: Record<string, string> }) =>
  Object.fromEntries(Object.entries(stream).filter(([name]) => !['service_name', 'detected_level'].includes(name)));

test.each<[string, Record<string, string>]>([
  ['cyrillic', { U___433__43e__440__43e__434_: 'Омск', user: 'u-1' }],
  ['japanese', { U___540d__524d_: 'a', U___5e74__9f62_: '7' }],
  ['symbols', { U___2e__2e__2e_: 'dots', U__: 'nothing', U____: 'line' }],
  ['partly', { _one: 'a', na_ve: 'b', emoji_: 'c', key_1st: 'd' }],
  ['colliding places', { shared: 'resource', shared_2: 'record' }],
  ['colliding alike', { x_y: 'same' }],
  ['colliding field', { trace_id: '0123456789abcdef0123456789abcdef', trace_id_2: 'mine' }],
  ['colliding scope', { scope_name: 'lib', scope_name_2: 'of the resource' }],
  ['colliding stream', { service_name_extracted: 'dotted', service_name_2: 'mine' }],
  ['empty', { full: 'x' }],
])('the labels of the line %s lose no attribute', async (line, labels) => {
  const found = (await ask('', line)).find(({ values }) => values[0]![1] === line);
  expect(told(found!)).toEqual(labels);
});

test('three keys of one label are all kept, the last of them under its name', async () => {
  const [found] = (await ask('', 'colliding')).filter(({ values }) => values[0]![1] === 'colliding');
  expect(told(found!)).toEqual({ x_y: '3', x_y_2: '1', x_y_3: '2' });
});

test.each<[string, readonly string[]]>([
  ['U___433__43e__440__43e__434_="Омск"', ['cyrillic']],
  ['U___5e74__9f62_ > 5', ['japanese']],
  ['U__="nothing"', ['symbols']],
  ['x_y="3"', ['colliding']],
  ['x_y="1"', []],
  ['x_y_2="1"', ['colliding']],
  ['x_y_3!=""', ['colliding']],
  ['shared_2="record"', ['colliding places']],
  ['trace_id_2="mine"', ['colliding field']],
  ['service_name_2="mine"', ['colliding stream']],
  ['empty!=""', []],
  ['full="x", empty=""', ['empty']],
  ['host_name!=""', []],
  ['service_instance_id="i"', ['resource']],
])('| %s selects %j', async (filter, expected) => {
  const found = (await ask(` | ${filter}`)).flatMap(({ values }) => values.map(([, line]) => line));
  expect(found).toEqual(expected);
});

test('a label of a number of a value that gave way can be counted by', async () => {
  const query = 'sum by (x_y_2, shared_2) (count_over_time({service_name="api"}[1m]))';
  const answer = await logs.get('query', { query, time: range.end });
  const metrics = answer.json().data.result.map(({ metric }: { metric: object }) => metric);
  expect(metrics).toEqual(expect.arrayContaining([{ x_y_2: '1' }, { shared_2: 'record' }, {}]));
  expect(metrics).toHaveLength(3);
});

test('the labels of a stream are those of the Loki of the stack', () => {
  const config = parse(readFileSync('resources/stack/loki/loki.yaml', 'utf8')) as {
    limits_config: { otlp_config: { resource_attributes: ResourceAttributes } };
  };
  const { ignore_defaults, attributes_config } = config.limits_config.otlp_config.resource_attributes;
  expect(ignore_defaults).toBe(true);
  expect(attributes_config.map(({ action }) => action)).toEqual(['index_label']);
  expect([...indexedAttributes].sort()).toEqual([...attributes_config[0]!.attributes].sort());
});

interface ResourceAttributes {
  readonly ignore_defaults: boolean;
  readonly attributes_config: readonly { readonly action: string; readonly attributes: readonly string[] }[];
}

test('what is no label of the stream is metadata of its lines', async () => {
  const answer = await logs.get('labels', range);
  expect(answer.json().data).toEqual(['k8s_pod_name', 'service_name']);
  const series = await logs.get('series', { ...range, 'match[]': '{k8s_pod_name="p"}' });
  expect(series.json().data).toEqual([{ service_name: 'api', k8s_pod_name: 'p' }]);
});
