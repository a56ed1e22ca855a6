import { expect, it } from 'vitest';
import type { Run } from '../../../shared/runs/run';
import type { Asking } from '../answer/tool';
import { runs } from './runs';

it('lists every run that there is, and counts no fewer', async () => {
  const kept = Array.from({ length: 480 }, (_, index): Run => {
    const id = `k3f7${String(index)
      .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!)
      .padStart(4, 'a')}`;
    return {
      ...{
        id,
        name: 'shop',
        command: ['npm', 'test'],
        folder: '/shop',
        startedAt: index,
        endedAt: index + 1,
        exitCode: 0,
      },
      ...{ state: 'ended', traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), pinned: false },
    };
  });
  const list = async ({ limit = 50 }: { limit?: number }) => ({ runs: kept.slice(0, limit) });
  const asking = { host: { client: { runs: { list } } }, now: 1_000 } as unknown as Asking;
  const told = await runs.answer({}, asking);
  expect(told).toMatchObject({ head: ['480 runs, newest first:'] });
  expect('lines' in told && told.lines).toHaveLength(480);
});
