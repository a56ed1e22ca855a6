import { expect, test } from 'vitest';
import { formatSample } from '../http/write-metrics';
import { levelOfLine } from '../records/detect-level';
import { labelName } from '../records/label-name';
import { parseBytes } from './parse-bytes';
import { parseDuration } from './parse-duration';
import { unquote } from './unquote';

test.each<[string, number | undefined]>([
  ['1h30m', 5400e9],
  ['1.5s', 1.5e9],
  ['-5ms', -5e6],
  ['1d', 86_400e9],
  ['100µs', 1e5],
  ['0', 0],
  ['5', undefined],
  ['5x', undefined],
  ['', undefined],
])('the duration %j is %s ns', (text, nanos) => {
  expect(parseDuration(text)).toBe(nanos);
});

test('days are no unit of a logged duration', () => {
  expect(parseDuration('1d', true)).toBeUndefined();
  expect(parseDuration('24h', true)).toBe(86_400e9);
});

test.each<[string, number | undefined]>([
  ['42 MB', 42e6],
  ['1.5KiB', 1536],
  ['10', 10],
  ['1,024 B', 1024],
  ['5 k', 5000],
  ['5 apples', undefined],
  ['MB', undefined],
])('the size %j is %s bytes', (text, bytes) => {
  expect(parseBytes(text)).toBe(bytes);
});

test.each<[string, string | undefined]>([
  ['"a\\n\\"b\\u00e9\\x41\\101"', 'a\n"bé' + 'AA'],
  ['`a\\n`', 'a\\n'],
  ['"\\d"', undefined],
])('the string %s', (token, value) => {
  expect(unquote(token)).toBe(value);
});

test.each<[string, string]>([
  ['service.name', 'service_name'],
  ['http..status--code', 'http_status_code'],
  ['1st', 'key_1st'],
  ['__reserved__', '__reserved__'],
  ['naïve.key', 'na_ve_key'],
  ['...', 'U___2e__2e__2e_'],
  ['город', 'U___433__43e__440__43e__434_'],
  ['', 'U__'],
])('the attribute %j becomes the label %s', (key, label) => {
  expect(labelName(key)).toBe(label);
});

test.each<[string, string]>([
  ['2026-01-01 ERROR something', 'error'],
  ['[warn] x then error', 'warn'],
  ['debug: x', 'debug'],
  ['misc:error', 'unknown'],
  ['terrors and information', 'unknown'],
  ['level=WRN msg=error', 'warn'],
  ['{"a":{"severity":"FATAL"}}', 'fatal'],
  ['{"a":{"severity":"wrn"}}', 'warn'],
  ['{"a":{"b":{"severity":"wrn"}}}', 'unknown'],
  ['plain', 'unknown'],
])('the level of %j is %s', (line, level) => {
  expect(levelOfLine(line)).toBe(level);
});

test.each<[number, string]>([
  [1, '1'],
  [0.1, '0.1'],
  [1e-7, '0.0000001'],
  [-1.5e-9, '-0.0000000015'],
  [1e21, '1000000000000000000000'],
  [1.25e22, '12500000000000000000000'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, '+Inf'],
])('the sample %s is written %s', (value, text) => {
  expect(formatSample(value)).toBe(text);
});
