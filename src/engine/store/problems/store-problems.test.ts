import { expect, it } from 'vitest';
import { storeProblems } from './store-problems';

const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
const fullToDuckDb = new Error(
  'IO Error: Could not write all bytes to file "/data/telemetry.duckdb": No space left on device',
);

it.each([
  ['Node', full],
  ['DuckDB', fullToDuckDb],
])('whatever of the store fails of a full disk says so, and nothing else, in the words of %s', (_, error) => {
  for (const say of [storeProblems.unwritable, storeProblems.maintenanceFailed])
    expect(say(error, '/data')).toMatchObject({ kind: 'disk-full' });
});

it('what fails of something else keeps its own name', () => {
  expect(storeProblems.maintenanceFailed(new Error('boom'), '/data')).toMatchObject({
    kind: 'store-maintenance',
    details: 'boom',
  });
});
