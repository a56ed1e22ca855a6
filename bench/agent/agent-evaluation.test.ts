import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTestPrograms } from '../../src/engine/build-test-programs';
import { badRollout } from './incidents/bad-rollout';
import { judgeAnswers } from './judge-answers';
import { overBounds, runIncident } from './run-incident';
import { runSmallFaults } from './small-faults';

/** What is awaited comes in a fraction of this. */
const PATIENCE_MS = 300_000;

let programs: Awaited<ReturnType<typeof buildTestPrograms>>;
beforeAll(async () => {
  programs = await buildTestPrograms();
}, PATIENCE_MS);
afterAll(() => programs.remove());

describe('what agents find by their tools', () => {
  it(
    'is the bad version of an hour with distractors, within its calls and tokens',
    async () => {
      const { faults, calls, sent } = await runIncident(badRollout, programs.engine, { spans: 20_000, seed: 2 });
      expect(faults, calls.map(({ answer }) => answer).join('\n')).toEqual([]);
      expect(sent.spans).toBeGreaterThan(15_000);
    },
    PATIENCE_MS,
  );

  it(
    'is the fault of a run, in one call',
    async () => {
      const solved = await runSmallFaults(programs.engine, ['N+1', 'slower dependency']);
      expect(solved.map(({ id, faults, calls }) => [id, faults, calls.length])).toEqual([
        ['N+1', [], 1],
        ['slower dependency', [], 1],
      ]);
    },
    PATIENCE_MS,
  );
});

describe('judgeAnswers', () => {
  const callOf = (answer: string) => ({ question: '', answer, tokens: 0 });
  const incident = { evidence: [/version=2/, /boom/], distractors: [/flood/] };

  it('misses evidence that no answer has', () => {
    expect(judgeAnswers(incident, [callOf('version=2')])).toEqual(['no answer shows /boom/']);
    expect(judgeAnswers(incident, [callOf('version=2'), callOf('boom')])).toEqual([]);
  });

  it('lets no distractor stand above the cause', () => {
    expect(judgeAnswers(incident, [callOf('flood\nversion=2\nboom')])).toEqual(['/flood/ stands above the cause']);
    expect(judgeAnswers(incident, [callOf('version=2\nboom\nflood')])).toEqual([]);
  });

  it('holds calls and tokens to their bounds', () => {
    expect(overBounds(7, 8001, { calls: 6, tokens: 8000 })).toEqual([
      '7 calls, 6 at most',
      '8001 tokens, 8000 at most',
    ]);
    expect(overBounds(6, 8000, { calls: 6, tokens: 8000 })).toEqual([]);
  });
});
