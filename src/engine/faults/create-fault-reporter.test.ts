import { expect, test } from 'vitest';
import type { EngineMessage } from '../../shared/engine-messages';
import { createFaultReporter } from './create-fault-reporter';

let now = 1_000;
const sent: Extract<EngineMessage, { type: 'log' }>[] = [];
const open = () => {
  sent.length = 0;
  now = 1_000;
  return createFaultReporter(
    'store',
    (message) => sent.push(message),
    () => now,
  );
};

test('a fault says its thread, its place, its message and its stack', () => {
  open()('loki GET /loki/api/v1/query', new TypeError('x is not a function'));
  expect(sent).toMatchObject([
    { type: 'log', thread: 'store', where: 'loki GET /loki/api/v1/query', message: 'TypeError: x is not a function' },
  ]);
  expect(sent[0]?.stack).toContain('create-fault-reporter.test.ts');
});

test('the same fault again and again is told once a minute, with how often it came', () => {
  const report = open();
  const error = new Error('again');
  for (let times = 0; times < 50; times++) report('tempo tail', error);
  now += 60_000;
  report('tempo tail', error);
  expect(sent.map(({ repeated }) => repeated)).toEqual([0, 49]);
});

test('another fault of the same place is told at once', () => {
  const report = open();
  report('tempo tail', new Error('one'));
  report('tempo tail', new Error('another'));
  report('loki tail', new Error('another'));
  expect(sent).toHaveLength(3);
});

test('the statement and the values that DuckDB quotes are left out', () => {
  const statement = `Conversion Error: Could not convert string 'sk-secret-1' to INT64\n\nLINE 1: SELECT 'sk-secret-1'::BIGINT\n              ^`;
  open()('tempo search', new Error(statement));
  expect(sent[0]?.message).toBe("Error: Conversion Error: Could not convert string '…' to INT64");
  expect(JSON.stringify(sent)).not.toContain('sk-secret');
});

test('what was thrown without being an error is told as text', () => {
  open()('tempo search', 'nothing but text');
  expect(sent[0]).toMatchObject({ message: 'nothing but text', stack: '' });
});

test('a long message is cut', () => {
  open()('tempo search', new Error('x'.repeat(100_000)));
  expect(sent[0]?.message.length).toBeLessThan(600);
});
