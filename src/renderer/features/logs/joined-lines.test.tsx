// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LogRecord } from '../../../shared/contract/telemetry';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import type { ScriptedFeed } from '../../test-host/scripted-feed';
import { makeLine as record } from '../../test-host/telemetry-data';
import { host } from '../../test-host/test-page';

withScriptedHost();

interface Batch {
  records: LogRecord[];
  dropped: number;
  opened?: true | undefined;
}

let kept: LogRecord[];
let tail: ScriptedFeed<Batch>;

beforeEach(() => {
  kept = [];
  tail = host.feed('logs', 'tail');
  host.answer('logs', 'labelValues', () => ['shop', 'payments']);
  host.answer('logs', 'volume', () => []);
  host.answer('logs', 'query', () => ({ records: kept.toReversed() }));
});

const openTail = () => waitFor(() => expect(tail.listening).toBe(1));

describe('the lines of a page and of the tail that is opened beside it', () => {
  it('lose none that was stored after the page was answered and before the tail was open, and double none', async () => {
    kept = [record('first'), record('second', {}, 2)];
    host.answer('logs', 'query', ({ window }) => ({
      records: kept.filter(({ timeNs }) => BigInt(timeNs) >= BigInt(window.from) * 1_000_000n).toReversed(),
    }));
    await openPanel(`/logs?since=300d`);
    await screen.findByText('second');
    await openTail();
    // Sent late, as in a batch: it happened before what stands there already.
    kept = [record('first'), record('between', {}, 1), record('second', {}, 2)];
    tail.push({ records: [], dropped: 0, opened: true });
    tail.push({ records: [record('second', {}, 2), record('third', {}, 3)], dropped: 0 });
    expect(await screen.findByText('between')).toBeTruthy();
    expect(await screen.findByText('third')).toBeTruthy();
    expect(screen.getByText('4 lines')).toBeTruthy();
  });

  it('lose none where the tail was open before the page was answered, which may have been read before that', async () => {
    kept = [record('first')];
    let answer = () => {};
    const asked: number[] = [];
    host.answer('logs', 'query', ({ limit }) => {
      asked.push(limit);
      const records = kept.toReversed();
      return asked.length > 1 ? { records } : new Promise((resolve) => (answer = () => resolve({ records })));
    });
    await openPanel('/logs');
    await waitFor(() => expect(asked).toHaveLength(1));
    kept = [record('first'), record('stored meanwhile', {}, -1)];
    await openTail();
    tail.push({ records: [], dropped: 0, opened: true });
    await new Promise((resolve) => setTimeout(resolve, 20));
    answer();
    expect(await screen.findByText('stored meanwhile')).toBeTruthy();
    expect(screen.getAllByText('first')).toHaveLength(1);
  });

  it('show both of two requests that wrote the same within a millisecond', async () => {
    kept = [record('done')];
    await openPanel('/logs');
    await screen.findByText('done');
    await openTail();
    tail.push({ records: [record('done'), record('done')], dropped: 0 });
    await screen.findByText('2 lines');
  });
});
