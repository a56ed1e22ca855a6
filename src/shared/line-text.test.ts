import { expect, test } from 'vitest';
import { lineText } from './line-text';

test('an event without a body shows its name and its attributes, a line shows itself', () => {
  const labels = {
    service_name: 'shop',
    event_name: 'user.login',
    detected_level: 'info',
    telemetry_sdk_name: 'opentelemetry',
    method: 'oauth',
    reason: 'a "new" device',
  };
  expect(lineText({ line: '', labels })).toBe(String.raw`user.login method=oauth reason="a \"new\" device"`);
  expect(lineText({ line: 'hello', labels })).toBe('hello');
  expect(lineText({ line: '', labels: { service_name: 'shop', a: '1' } })).toBe('a=1');
  expect(lineText({ line: '', labels: {} })).toBe('');
  expect(lineText({ line: '', labels: { U___433__43e__440__43e__434_: 'Омск' } })).toBe('город=Омск');
});
