import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OtlpJsonError, OtlpJsonTooLarge, transcodeOtlpJson } from './transcode-json';

const traces = (text: string) => Buffer.from(transcodeOtlpJson('traces', Buffer.from(text))).toString('hex');
const metrics = (text: string) => Buffer.from(transcodeOtlpJson('metrics', Buffer.from(text))).toString('hex');
const span = (members: string) => `{"resourceSpans":[{"scopeSpans":[{"spans":[{${members}}]}]}]}`;
const value = (member: string) => span(`"attributes":[{"key":"k","value":{${member}}}]`);
const point = (members: string) =>
  `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"gauge":{"dataPoints":[{${members}}]}}]}]}]}`;

test('any 64-bit integer keeps its digits, written as a number or as a string', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (integer) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(integer);
      for (const written of [`${integer}`, `"${integer}"`]) {
        expect(traces(span(`"startTimeUnixNano":${written}`)).endsWith(`39${bytes.toString('hex')}`)).toBe(true);
      }
    }),
  );
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (integer) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(integer);
      expect(metrics(point(`"asInt":${integer}`)).endsWith(`31${bytes.toString('hex')}`)).toBe(true);
      expect(traces(value(`"intValue":${integer}`))).toBe(traces(value(`"intValue":"${integer}"`)));
    }),
  );
  expect(traces(value('"intValue":9007199254740993'))).not.toBe(traces(value('"intValue":9007199254740992')));
});

test.each([
  ['1e3', '1000'],
  ['1.0', '1'],
  ['-1.50e2', '-150'],
  ['9.007199254740993e15', '9007199254740993'],
  ['"1E+2"', '100'],
  ['-0', '0'],
  ['0e99', '0'],
  ['12000e-3', '12'],
])('the integer %s is %s', (written, plain) => {
  expect(traces(value(`"intValue":${written}`))).toBe(traces(value(`"intValue":"${plain}"`)));
});

test.each([
  [value('"intValue":1.5'), 'value.intValue: expected an integer'],
  [value('"intValue":9223372036854775808'), 'expected an integer from -9223372036854775808 to 9223372036854775807'],
  [value('"intValue":1e99999'), 'expected an integer'],
  [value('"intValue":""'), 'expected an integer'],
  [value('"intValue":true'), 'expected an integer'],
  [value('"doubleValue":1e400'), 'expected a number within the range of a double'],
  [value('"doubleValue":"12 apples"'), 'expected a number'],
  [value('"stringValue":5'), 'expected a string'],
  [span('"startTimeUnixNano":18446744073709551616'), 'expected an integer from 0 to 18446744073709551615'],
  [span('"flags":4294967296'), 'expected an integer from 0 to 4294967295'],
  [span('"events":[null]'), 'events[0]: expected an object'],
  ['[]', 'request: expected an object'],
  ['{"resourceLogs":[]}', 'request: expected resourceSpans, and has other keys alone'],
  ['{"batches":[{}]}', 'request: expected resourceSpans'],
  ['{"traceId":"0a"}', 'request: expected resourceSpans'],
  ['', 'the body is not JSON: expected a value where it ends'],
  ['{"resourceSpans":[]}x', 'the body is not JSON: expected the end'],
])('%s is refused by name', (text, message) => {
  expect(() => traces(text)).toThrow(OtlpJsonError);
  expect(() => traces(text)).toThrow(message);
});

test('keys that are not known are ignored beside those that are', () => {
  expect(traces('{"future":1,"resourceSpans":[]}')).toBe('');
  expect(traces('{"future":1,"resourceSpans":null}')).toBe('');
  expect(traces('{}')).toBe('');
});

test('the keys of before OTLP 0.15 and a byte order mark give the same bytes', () => {
  const plain = '{"resourceSpans":[{"scopeSpans":[{"scope":{"name":"a"},"spans":[{"name":"x"}]}]}]}';
  const old = plain.replace('scopeSpans', 'instrumentationLibrarySpans').replace('scope"', 'instrumentationLibrary"');
  expect(traces(old)).toBe(traces(plain));
  expect(traces(`\ufeff${plain}`)).toBe(traces(plain));
  const logs = (text: string) => Buffer.from(transcodeOtlpJson('logs', Buffer.from(text))).toString('hex');
  expect(logs('{"resource_logs":[{"instrumentation_library_logs":[{"logs":[{"severityText":"a"}]}]}]}')).toBe(
    logs('{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityText":"a"}]}]}]}'),
  );
});

test.each(['"CvdlGRbNQ92ERutTI4MxnA=="', '"xyz"', '"0af7651916cd43dd8448eb211c80319"', '12', '["0a"]', 'true'])(
  'an id of %s is one byte, which no id is',
  (id) => expect(traces(span(`"traceId":${id},"name":"x"`))).toBe(traces(span('"traceId":"00","name":"x"'))),
);

test('the keys of the proto files, names of enums, other orders and base64 forms give the same bytes', () => {
  const plain = span(
    '"traceId":"0af7651916cd43dd8448eb211c80319c","name":"x","kind":2,"startTimeUnixNano":"5","status":{"code":2},"flags":1',
  );
  const other = span(
    '"flags":1.0,"status":{"code":"STATUS_CODE_ERROR"},"start_time_unix_nano":5,"kind":"SPAN_KIND_SERVER","na\\u006de":"x","trace_id":"0AF7651916CD43DD8448EB211C80319C"',
  );
  expect(traces(other)).toBe(traces(plain));
  expect(traces('{"resource_spans":[{"scope_spans":[{"schema_url":"s"}],"resource":{"attributes":[]}}]}')).toBe(
    traces('{"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[{"schemaUrl":"s"}]}]}'),
  );
  expect(traces(value('"bytesValue":"-_8"'))).toBe(traces(value('"bytesValue":"+/8="')));
  expect(traces(value('"doubleValue":"0.5"'))).toBe(traces(value('"doubleValue":5e-1')));
  expect(traces(`\ufeff ${plain}\n`)).toBe(traces(plain));
});

test('of a key that comes twice the later value holds and lists are joined', () => {
  const twice = traces(span('"name":"a","events":[{"name":"e"}],"name":"b","events":[{"name":"f"}]'));
  const [nameA, nameB] = [twice.indexOf('2a0161'), twice.indexOf('2a0162')];
  expect(nameA).toBeGreaterThan(0);
  expect(nameB).toBeGreaterThan(nameA);
  expect(twice.endsWith('5a03120165' + '5a03120166')).toBe(true);
});

test('any text arrives as its UTF-8, however it is escaped, with U+FFFD for a lone surrogate', () => {
  const escaped = (text: string) =>
    [...text.split('')].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const expected = Buffer.from(text).toString('hex');
      for (const written of [JSON.stringify(text), `"${escaped(text)}"`]) {
        expect(traces(span(`"name":${written}`)).endsWith(expected)).toBe(true);
      }
    }),
  );
  expect(traces(span('"name":"\\ud800x"')).endsWith('efbfbd78')).toBe(true);
});

test('what is not JSON is refused, and what is JSON is not, in known and unknown places', () => {
  const samples = [
    '{"name":"a\\n\\u00e9","attributes":[{"key":"k","value":{"intValue":"1"}}],"flags":10,"x":[1,{"y":null}]}',
    '{"a":[true,false,null,-1.5e+7,"",{}],"b":{"c":[[],[0]]}}',
  ];
  const at = fc.nat({ max: 200 });
  const byte = fc.constantFrom(...'{}[]",:\\ \n0-.eEtfnu1+x\u0001'.split(''));
  fc.assert(
    fc.property(fc.constantFrom(...samples), at, byte, fc.constantFrom(0, 1), (sample, position, put, cut) => {
      const from = position % sample.length;
      const changed = `{"resourceSpans":[{"scopeSpans":[{"spans":[${sample.slice(0, from)}${put}${sample.slice(from + cut)}]}]}]}`;
      let isJson = true;
      try {
        JSON.parse(changed);
      } catch {
        isJson = false;
      }
      let problem = '';
      try {
        traces(changed);
      } catch (error) {
        problem = (error as Error).message;
      }
      // The first error stands: a wrong value before a syntax error is told instead of it.
      if (isJson) expect(problem).not.toContain('not JSON');
      else expect(problem).not.toBe('');
    }),
    { numRuns: 3000 },
  );
});

test('more items or bytes than are taken at once are refused with the number, before they are all read', {
  timeout: 120_000,
}, () => {
  const items = (count: number) => `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${'{},'.repeat(count - 1)}{}]}]}]}`;
  const logs = (text: string) => transcodeOtlpJson('logs', Buffer.from(text));
  expect(logs(items(1_000_000)).length).toBeGreaterThan(2_000_000);
  expect(() => logs(items(1_000_001))).toThrow(
    new OtlpJsonTooLarge('the request holds more than 1000000 logs; send smaller batches'),
  );
  // Broken behind the limit: what is refused is not read to its end.
  expect(() => logs(`${items(1_000_010).slice(0, -9)}!!!`)).toThrow(OtlpJsonTooLarge);
  const bounds = `"explicitBounds":[${'1,'.repeat(9_000_000)}1]`;
  expect(() =>
    metrics(`{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"histogram":{"dataPoints":[{${bounds}}]}}]}]}]}`),
  ).toThrow('67108864 bytes as protobuf');
});
