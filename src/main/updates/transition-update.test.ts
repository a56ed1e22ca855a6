import fc from 'fast-check';
import { expect, test } from 'vitest';
import { transitionUpdate } from './transition-update';
import type { UpdateEvent, UpdateState } from './update-state';

const run = (events: readonly UpdateEvent[], from: UpdateState = { name: 'idle' }) =>
  events.reduce<{ state: UpdateState; commands: string[] }>(
    ({ state, commands }, event) => {
      const step = transitionUpdate(state, event);
      return { state: step.state, commands: step.command ? [...commands, step.command] : commands };
    },
    { state: from, commands: [] },
  );

test('a check, a yes and another yes lead to the new version', () => {
  const { state, commands } = run([
    { name: 'check' },
    { name: 'found', version: '2.0.0' },
    { name: 'download' },
    { name: 'progress', percent: 41.7 },
    { name: 'downloaded' },
    { name: 'install' },
  ]);
  expect(state).toEqual({ name: 'ready', version: '2.0.0' });
  expect(commands).toEqual(['check', 'download', 'install']);
});

test('a download that fails says so, and another check begins anew', () => {
  const downloading: UpdateState = { name: 'downloading', version: '2.0.0', percent: 10 };
  const { state } = run([{ name: 'failed', message: 'sha512 checksum mismatch' }], downloading);
  expect(state).toMatchObject({ name: 'failed', problem: { kind: 'update-download-failed' } });
  expect(run([{ name: 'check' }], state)).toEqual({ state: { name: 'checking' }, commands: ['check'] });
});

test('what comes late changes nothing', () => {
  const current: UpdateState = { name: 'current' };
  expect(run([{ name: 'downloaded' }, { name: 'progress', percent: 5 }, { name: 'install' }], current)).toEqual({
    state: current,
    commands: [],
  });
});

const event: fc.Arbitrary<UpdateEvent> = fc.oneof(
  ...(['check', 'none', 'download', 'downloaded', 'install'] as const).map((name) => fc.constant({ name })),
  fc.constant({ name: 'found' as const, version: '2.0.0' }),
  fc.constant({ name: 'progress' as const, percent: 50 }),
  fc.constant({ name: 'failed' as const, message: 'no network' }),
);

test('in no order of events is anything fetched without a yes, or installed that was not fetched', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), (events) => {
      const { commands } = run(events);
      const yes = events.filter(({ name }) => name === 'download').length;
      expect(commands.filter((command) => command === 'download').length).toBeLessThanOrEqual(yes);
      const install = commands.indexOf('install');
      if (install >= 0) expect(commands.slice(0, install)).toContain('download');
    }),
  );
});

test('a build without updates does nothing, whatever happens', () => {
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const off: UpdateState = { name: 'off', why: 'not installed' };
      expect(run(events, off)).toEqual({ state: off, commands: [] });
    }),
  );
});
