import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../shared/runs/run';
import type { AssembledDetail } from '../../shared/sessions/assembly/assembled-session';
import type { CostGrouping, SessionDetail } from '../../shared/sessions/session';
import { PriceBook } from './prices/price-book';
import { SessionController } from './session-controller';
import { assemble, makeRun, modelCall, noon } from './test-sessions';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'watchtower-sessions-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function controllerOf(details: readonly AssembledDetail[], runs: readonly Run[] = []): SessionController {
  return new SessionController({
    source: {
      list: async () => ({ sessions: details.map(({ session }) => session), leftOut: [] }),
      find: async (ref) => details.find(({ session }) => session.id === ref) ?? null,
    },
    prices: new PriceBook(home),
    runs: () => runs,
    diff: async () => null,
    now: () => noon + 60_000,
  });
}

const window = { from: noon - 3_600_000, to: noon + 3_600_000 };
const shell = (callId: string) => ({ kind: 'tool-call', tool: 'shell', callId, arguments: callId, ok: true }) as const;

async function show(controller: SessionController, ref: string): Promise<SessionDetail> {
  const shown = await controller.show(ref, {});
  if ('problem' in shown) throw new Error(shown.problem.message);
  return shown;
}

describe('what a session cost', () => {
  it('is what the agent reported, and an estimate only of what it did not', async () => {
    const detail = assemble('s', [
      [0, 10, modelCall('gpt-5-codex', 1_000_000, 0)],
      [20, 30, modelCall('gpt-5-codex', 5, 5, 0.5)],
      [40, 50, modelCall('home-grown', 7, 7)],
    ]);
    const { sessions, prices } = await controllerOf([detail]).list(window, 10);
    expect(sessions[0]!.cost).toEqual({ reportedUsd: 0.5, estimatedUsd: 1.25, unpriced: ['home-grown'] });
    expect(prices.asOf).toBe('2026-07-24');
    const { timeline } = await show(controllerOf([detail]), 's');
    expect(
      timeline.entries.flatMap((entry) =>
        entry.kind === 'model-call' ? [[entry.reportedUsd, entry.estimatedUsd]] : [],
      ),
    ).toEqual([
      [null, 1.25],
      [0.5, null],
      [null, null],
    ]);
  });

  it.each([
    ['session', ['b', 'a']],
    ['model', ['m', 'n']],
    ['tool', ['', 'grep', 'shell']],
    ['repo', ['', 'shop']],
    ['agent', ['codex']],
  ] as const)('is by %s a sum of groups that miss and double nothing', async (by: CostGrouping, keys) => {
    const a = assemble('a', [
      [0, 10, modelCall('m', 100, 11, 0.3)],
      [20, 30, { ...shell('1'), tool: 'shell' }],
      [21, 31, { ...shell('2'), tool: 'shell' }],
      [22, 32, { ...shell('3'), tool: 'grep' }],
      [40, 50, modelCall('n', 10, 1, 0.05)],
    ]);
    const b = assemble('b', [[0, 10, modelCall('m', 1000, 7, 2)]], { repository: 'shop' });
    const { rows, total } = await controllerOf([a, b]).cost(window, by);
    expect(rows.map(({ key }) => key).sort()).toEqual([...keys].sort());
    const sum = (read: (row: (typeof rows)[number] | typeof total) => number) => [
      Number(rows.reduce((all, row) => all + read(row), 0).toFixed(9)),
      Number(read(total).toFixed(9)),
    ];
    expect(sum(({ tokens }) => tokens.input)).toEqual([1110, 1110]);
    expect(sum(({ tokens }) => tokens.output)).toEqual([19, 19]);
    expect(sum(({ cost }) => cost.reportedUsd!)).toEqual([2.35, 2.35]);
    expect(sum(({ calls }) => calls)).toEqual([3, 3]);
    if (by === 'tool')
      expect(rows.map(({ key, tokens }) => [key, tokens.input])).toEqual([
        ['', 1010],
        ['shell', 67],
        ['grep', 33],
      ]);
  });
});

describe('the runs that a session started', () => {
  const session = () =>
    assemble('s', [
      [0, 10, { kind: 'prompt', text: 'test it' }],
      [
        1000,
        5000,
        { ...shell('1') },
        { origin: 'span', traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentSpanId: '' },
      ],
      [
        1500,
        5000,
        { kind: 'tool-part', ok: true },
        { origin: 'span', traceId: 'a'.repeat(32), spanId: 'c'.repeat(16), parentSpanId: 'b'.repeat(16) },
      ],
      [60_000, 61_000, { ...shell('2') }],
    ]);

  it('are known by the span that the agent gave the command, whatever the clocks say', async () => {
    const run = makeRun('aaaaaaaa', -500_000, { traceId: 'a'.repeat(32), parentSpanId: 'c'.repeat(16) });
    const { runs, timeline } = await show(controllerOf([session()], [run]), 's');
    const call = timeline.entries.find((entry) => entry.kind === 'tool-call' && entry.callId === '1');
    expect(runs).toMatchObject([{ run: { id: 'aaaaaaaa' }, by: 'trace', entry: call!.id }]);
  });

  it('are known by the id of the session, and another session never has them', async () => {
    const own = makeRun('aaaaaaaa', 60_100, { agent: { harness: 'codex', session: 's' } });
    const foreign = makeRun('bbbbbbbb', 60_200, { agent: { harness: 'codex', session: 'other' } });
    const { runs } = await show(controllerOf([session()], [foreign, own]), 's');
    expect(runs.map(({ run, by }) => [run.id, by])).toEqual([['aaaaaaaa', 'session']]);
  });

  it('are else taken from the time of a tool that runs commands, and marked so', async () => {
    const runs = [
      makeRun('aaaaaaaa', 60_100),
      makeRun('bbbbbbbb', 30_000),
      makeRun('cccccccc', 60_200, { agent: { harness: 'claude' } }),
      makeRun('dddddddd', 60_300, { parentId: 'aaaaaaaa' }),
    ];
    const shown = await show(controllerOf([session()], runs), 's');
    expect(shown.runs.map(({ run, by }) => [run.id, by])).toEqual([['aaaaaaaa', 'time']]);
  });

  it('are of none of two sessions that both ran a command then, and that is said', async () => {
    const other = assemble('t', [[60_050, 61_050, shell('3')]]);
    const shown = await show(controllerOf([session(), other], [makeRun('aaaaaaaa', 60_100)]), 's');
    expect(shown.runs).toEqual([]);
    expect(shown.leftOut).toEqual([
      '1 run began while more than one session ran a command: which of these started it is not known.',
    ]);
  });

  it('are not those of another working folder, where the session tells its own', async () => {
    const there = assemble('s', [[60_000, 61_000, shell('2')]], { folder: '/work/bank' });
    expect((await show(controllerOf([there], [makeRun('aaaaaaaa', 60_100)]), 's')).runs).toEqual([]);
    const here = assemble('s', [[60_000, 61_000, shell('2')]], { folder: '/work' });
    expect((await show(controllerOf([here], [makeRun('aaaaaaaa', 60_100)]), 's')).runs).toHaveLength(1);
  });

  it('tell the repository of a session that tells none', async () => {
    const revision = { commit: 'c', repository: 'shop', dirty: false };
    const run = makeRun('aaaaaaaa', 60_100, { agent: { harness: 'codex', session: 's' }, revision });
    const { sessions } = await controllerOf([session()], [run]).list(window, 10);
    expect(sessions[0]!.repository).toBe('shop');
  });
});

describe('a session', () => {
  it('that is not there is refused by its name', async () => {
    expect(await controllerOf([]).show('nobody', {})).toMatchObject({ problem: { kind: 'unknown-session' } });
  });

  it('whose end never came is active at first, and quiet after five minutes', async () => {
    const fresh = assemble('f', [[0, 10, modelCall('m', 1, 1)]]);
    const old = assemble('o', [[-600_000, -599_000, modelCall('m', 1, 1)]]);
    // A clock that runs ahead.
    const ahead = assemble('a', [[7_200_000, 7_201_000, modelCall('m', 1, 1)]]);
    const ended = assemble('e', [
      [0, 10, modelCall('m', 1, 1)],
      [20, 20, { kind: 'end' }],
    ]);
    const { sessions } = await controllerOf([fresh, old, ahead, ended]).list(window, 10);
    expect(sessions.map(({ state }) => state)).toEqual(['active', 'quiet', 'quiet', 'ended']);
  });
});
