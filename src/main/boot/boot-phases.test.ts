import { expect, it } from 'vitest';
import { createBootPhases, type PhaseTime } from './boot-phases';

it('logs each phase with its time, those before the log was there as well, and failed ones too', async () => {
  let now = 100;
  const logged: PhaseTime[] = [];
  const phases = createBootPhases(() => now);
  await phases.run('electron ready', () => {
    now += 250;
  });
  expect(logged).toEqual([]);
  phases.logTo({ info: (time) => logged.push(time as PhaseTime) });
  const failing = phases.run('host', async () => {
    now += 50;
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  phases.reached('window shown');
  expect(logged).toEqual([
    { phase: 'electron ready', milliseconds: 250, sinceStart: 350 },
    { phase: 'host', milliseconds: 50, sinceStart: 400 },
    { phase: 'window shown', milliseconds: 0, sinceStart: 400 },
  ]);
});
