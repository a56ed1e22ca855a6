import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestLogs, type TestLine, testStartNs } from './test-logs';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const lines: readonly TestLine[] = [
  { line: 'starting up', severity: [9, 'INFO'], resource: { 'host.name': 'box' }, scope: 'app.main' },
  { line: '{"level":"error","user":{"id":7,"name":"Ann"},"ms":1.50,"tags":["a"],"none":null}' },
  { line: 'level=warn msg="slow request" duration=150ms size=12KB path=/a' },
  {
    line: 'GET /orders 200 in 12ms',
    attributes: { 'http.status_code': 200, 'user.id': 'u1' },
    traceId,
    spanId: 'b7ad6b7169203331',
  },
  {
    line: 'GET /orders 503 in 900ms',
    attributes: { 'http.status_code': 503 },
    severity: [17, 'ERROR'],
    service: 'web',
  },
  { line: 'no service', service: '' },
  { line: '\u001b[31mred\u001b[0m alert', attributes: { deep: { a: { b: 1 } } } },
  { line: 'level=warn msg=broken duration=abc', service: 'web' },
  { line: 'client 10.1.2.3 refused', severity: [13, 'Warning'] },
  { line: '{"level":"info", broken', service: 'web' },
];
let logs: Awaited<ReturnType<typeof openTestLogs>>;
beforeAll(async () => {
  logs = await openTestLogs(lines);
});
afterAll(() => logs.close());

async function query(text: string, parameters: Record<string, string> = {}) {
  const answer = await logs.get('query_range', {
    query: text,
    start: String(testStartNs),
    end: String(testStartNs + 60_000_000_000n),
    direction: 'forward',
    ...parameters,
  });
  if (answer.status !== 200) throw new Error(answer.text);
  const streams = answer.json().data.result as {
    stream: Record<string, string>;
    values: [string, string, unknown?][];
  }[];
  const entries = streams.flatMap(({ stream, values }) =>
    values.map(([time, line]) => ({ stream, time: BigInt(time), line })),
  );
  return entries.sort((a, b) => Number(a.time - b.time));
}
const indexes = (entries: { time: bigint }[]) =>
  entries.map(({ time }) => Number((time - testStartNs) / 1_000_000_000n));

const any = '{service_name=~".+"}';
test.each<[string, number[]]>([
  [any, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['{service_name="web"}', [4, 7, 9]],
  ['{service_name="unknown_service"}', [5]],
  ['{service_name!="api", service_name=~"w.*|unknown.*"}', [4, 5, 7, 9]],
  ['{service_name=~"we"}', []],
  ['{service_name="api", nothing="x"}', []],
  ['{service_name="api", nothing=""} |= "GET"', [3]],
  [`${any} |= "GET"`, [3, 4]],
  [`${any} |= "GET" != "503"`, [3]],
  [`${any} |= "starting" or "refused"`, [0, 8]],
  [`${any} != "level" or "GET"`, [0, 5, 6, 8]],
  [`${any} |~ "in \\\\d+ms"`, [3, 4]],
  [`${any} |~ \`(?i)get /ORDERS\``, [3, 4]],
  [`${any} !~ "level|GET"`, [0, 5, 6, 8]],
  [`${any} |> "GET <_> in <_>"`, [3, 4]],
  [`${any} !> "GET <_> in <_>" |= "in"`, [0, 9]],
  [`${any} |= ip("10.0.0.0/8")`, [8]],
  [`${any} | trace_id="${traceId}"`, [3]],
  [`${any} | span_id="b7ad6b7169203331"`, [3]],
  [`${any} | trace_id!=""`, [3]],
  [`${any} | trace_id=~"0af.*"`, [3]],
  [`${any} | http_status_code=200`, [3]],
  [`${any} | http_status_code>=500`, [4]],
  [`${any} | http_status_code="503"`, [4]],
  [`${any} | http_status_code!="503" |= "GET"`, [3]],
  [`${any} | user_id="u1" or http_status_code>500`, [3, 4]],
  [`${any} | user_id="u1" and http_status_code>500`, []],
  [`${any} | user_id="u1", http_status_code=200 or http_status_code=503`, [3]],
  [`${any} | http_status_code=503 or user_id="u1", http_status_code=200`, [3, 4]],
  [`${any} | (http_status_code=503 or user_id="u1") service_name="api"`, [3]],
  [`${any} | user_id=~"u[0-9]"`, [3]],
  [`${any} | user_id=""`, [0, 1, 2, 4, 5, 6, 7, 8, 9]],
  [`${any} | host_name="box"`, [0]],
  [`${any} | host_name!="box" | service_name="web"`, [4, 7, 9]],
  [`${any} | scope_name="app.main"`, [0]],
  [`${any} | deep_a_b="1"`, [6]],
  [`${any} | severity_text="ERROR"`, [4]],
  [`${any} | severity_text!="ERROR"`, [0, 1, 2, 3, 5, 6, 7, 8, 9]],
  [`${any} | severity_number>=13`, [4, 8]],
  [`${any} | detected_level="error"`, [1, 4]],
  [`${any} | detected_level="warn"`, [2, 7, 8]],
  [`${any} | detected_level="unknown"`, [3, 5, 6]],
  [`${any} | json | level="error"`, [1]],
  [`${any} | json | user_id="7" | user_name="Ann"`, [1]],
  [`${any} | json | ms="1.50"`, [1]],
  [`${any} | json | ms>1.4 | __error__=""`, [1]],
  [`${any} | json | __error__="" `, [1]],
  [`${any} | json id="user.id", tag="tags[0]" | id="7" | tag="a"`, [1]],
  [`${any} | logfmt | level="warn"`, [2, 7]],
  [`${any} | logfmt | duration>100ms | __error__=""`, [2]],
  [`${any} | logfmt | duration>100ms`, [2, 7]],
  [`${any} | logfmt | size>=12KB`, [2]],
  [`${any} | pattern "client <addr> refused" | addr = ip("10.1.0.0-10.1.255.255")`, [8]],
  [`${any} | label_format addr="{{__line__}}" | addr = ip("10.1.2.3")`, [8]],
  [`${any} | logfmt m="msg" | m="slow request"`, [2]],
  [`${any} | pattern "<method> <path> <status> in <took>" | took=~".+" | status="503"`, [4]],
  [`${any} | regexp "in (?P<took>\\\\d+)ms" | took > 100`, [4]],
  [`${any} | logfmt | label_format lvl=level | lvl="warn"`, [2, 7]],
  [`${any} | logfmt | label_format both="{{.level}}-{{.msg}}" | both="warn-broken"`, [7]],
  [`${any} | line_format "{{.http_status_code}}" |= "503"`, [4]],
  [`${any} | decolorize |= "red alert"`, [6]],
  [`${any} |= "red alert"`, []],
  ['{service_name="web"} | logfmt | drop level | level=""', [4, 7, 9]],
  ['{service_name="web"} | logfmt | keep level | msg="broken"', []],
])('%s selects its lines', async (text, expected) => {
  expect(indexes(await query(text))).toEqual(expected);
});

test.each<[string, string[]]>([
  ['{service_name="web"} |= "GET" | line_format "{{.service_name | ToUpper}} {{__line__ | trunc 3}}"', ['WEB GET']],
  [
    '{service_name="api"} | logfmt | msg!="" | line_format `{{ if eq .level "warn" }}W{{ else }}-{{ end }}:{{ .msg | replace " " "_" }}`',
    ['W:slow_request'],
  ],
  [
    '{service_name="api"} | json | __error__="" | line_format "{{.user_name}}/{{ addf .ms 1 }}/{{.missing}}"',
    ['Ann/2.5/'],
  ],
  [
    '{service_name="api"} |= "starting" | line_format `{{ __timestamp__ | date "2006-01-02T15:04:05Z07:00" }}`',
    ['2026-09-21T14:13:20Z'],
  ],
  ['{service_name="api"} |= "red" | decolorize', ['red alert']],
])('%s formats its lines', async (text, expected) => {
  expect((await query(text)).map(({ line }) => line)).toEqual(expected);
});

test('a line carries its stream labels and metadata under the names of the OTLP endpoint', async () => {
  const [entry] = await query('{service_name="api"} |= "orders 200"');
  expect(entry!.stream).toEqual({
    service_name: 'api',
    http_status_code: '200',
    user_id: 'u1',
    trace_id: traceId,
    span_id: 'b7ad6b7169203331',
    detected_level: 'unknown',
  });
  const [first] = await query('{service_name="api"} |= "starting"');
  expect(first!.stream).toEqual({
    service_name: 'api',
    host_name: 'box',
    severity_number: '9',
    severity_text: 'INFO',
    scope_name: 'app.main',
    detected_level: 'info',
  });
});

test('a parsed label beside metadata of its name is called _extracted', async () => {
  await logs.add([{ line: 'trace_id=abc a=1', traceId, at: 100 }]);
  const [entry] = await query('{service_name="api"} |= "trace_id=abc" | logfmt', {
    end: String(testStartNs + 200_000_000_000n),
  });
  expect(entry!.stream).toMatchObject({ trace_id: traceId, trace_id_extracted: 'abc', a: '1' });
});

test('categorized answers keep stream labels, metadata and parsed labels apart', async () => {
  const answer = await logs.get(
    'query_range',
    {
      query: '{service_name="web"} |= "msg=broken" | logfmt',
      start: String(testStartNs),
      end: String(testStartNs + 60_000_000_000n),
    },
    { 'X-Loki-Response-Encoding-Flags': 'categorize-labels' },
  );
  expect(answer.json().data).toMatchObject({
    resultType: 'streams',
    encodingFlags: ['categorize-labels'],
    result: [
      {
        stream: { service_name: 'web' },
        values: [
          [
            String(testStartNs + 7_000_000_000n),
            'level=warn msg=broken duration=abc',
            {
              structuredMetadata: { detected_level: 'warn' },
              parsed: { level: 'warn', msg: 'broken', duration: 'abc' },
            },
          ],
        ],
      },
    ],
  });
});

test('the newest lines come first and the limit cuts the oldest', async () => {
  const answer = await logs.get('query_range', {
    query: '{service_name="web"} | drop detected_level, severity_number, severity_text, http_status_code',
    start: String(testStartNs),
    end: String(testStartNs + 60_000_000_000n),
    limit: '2',
  });
  const [stream] = answer.json().data.result;
  expect(stream.values.map(([time]: [string]) => Number((BigInt(time) - testStartNs) / 1_000_000_000n))).toEqual([
    9, 7,
  ]);
});

test('the start belongs to the range, the end does not', async () => {
  const range = { start: String(testStartNs + 3_000_000_000n), end: String(testStartNs + 4_000_000_000n) };
  expect(indexes(await query(any, range))).toEqual([3]);
  expect(indexes(await query(any, { start: '2026-09-21T14:13:23Z', end: '1790000004' }))).toEqual([3]);
  expect(indexes(await query(any, { start: '1790000003.0', end: '1790000004.5' }))).toEqual([3, 4]);
});

test('a form POST is read like an address', async () => {
  const body = new URLSearchParams({
    query: '{service_name="web"}',
    start: String(testStartNs),
    end: String(testStartNs + 60_000_000_000n),
  });
  const response = await logs.app.request('/loki/api/v1/query_range', { method: 'POST', body });
  expect(((await response.json()) as { data: { result: unknown[] } }).data.result.length).toBeGreaterThan(0);
});

test.each<[string, string]>([
  ['{service_name="a"', 'parse error at line 1, col 18: syntax error: unexpected $end'],
  ['{service_name="a"} |= "x" | foo', 'parse error at line 1, col 32: syntax error: unexpected $end'],
  ['{service_name="a"} |= x', 'parse error at line 1, col 23: syntax error: unexpected IDENTIFIER'],
  ['', 'parse error at line 1, col 1: syntax error: unexpected $end'],
  ['{}', 'queries require at least one regexp or equality matcher'],
  ['{a=~".*"}', 'queries require at least one regexp or equality matcher'],
  ['{a=~"("}', 'error parsing regexp'],
  ['{a="b"} | line_format "{{.x"', 'unclosed action'],
  ['{a="b"} | line_format "{{ htpdate .x }}"', 'function "htpdate" not defined'],
  ['{a="b"} | regexp "x"', 'at least one named capture must be supplied'],
  ['{a="b"} | pattern "<_>"', 'at least one capture is required'],
  ['sum_over_time({a="b"}[1m])', 'invalid aggregation sum_over_time without unwrap'],
  ['topk(rate({a="b"}[1m]))', 'parameter required for operation topk'],
])('%j is refused: %s', async (text, message) => {
  const answer = await logs.get('query_range', { query: text });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain(message);
});
