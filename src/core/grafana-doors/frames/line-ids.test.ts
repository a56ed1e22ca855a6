import { expect, it } from 'vitest';
import { lineIds } from './line-ids';

it('makes the ids that Grafana makes: FNV-1 of 32 bits of line and labels, as Go reckons it', () => {
  const line = { nanos: '17', line: 'no stock left', labels: '{"app":"shop","city":"Zürich"}' };
  expect(lineIds([line, { nanos: '18', line: '', labels: '{}' }, line, line])).toEqual([
    '17_36fd6443',
    '18_2c02b71c',
    '17_36fd6443_1',
    '17_36fd6443_2',
  ]);
});
