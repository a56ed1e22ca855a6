// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TraceSummary } from '../../../../shared/contract/telemetry';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import type { ScriptedFeed } from '../../../test-host/scripted-feed';
import { makeSummary as trace } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

let tail: ScriptedFeed<{ traces: TraceSummary[]; dropped: number; opened?: true | undefined }>;

beforeEach(() => {
  tail = host.feed('traces', 'tail');
  host.answer('traces', 'tagValues', () => []);
  host.answer('traces', 'get', () => null);
});

/** The list at rest, of these traces. */
async function search(...traces: TraceSummary[]) {
  host.answer('traces', 'search', () => ({ traces }));
  const panel = await openPanel('/traces?live=false');
  await screen.findByTestId('trace-head');
  return { ...panel, rows: within(screen.getByTestId('trace-list')).getAllByRole('link') };
}

/** The live list, with one trace in it. */
async function follow() {
  host.answer('traces', 'search', () => ({ traces: [] }));
  const panel = await openPanel('/traces');
  await waitFor(() => expect(tail.listening).toBe(1));
  tail.push({ traces: [trace('a')], dropped: 0 });
  await screen.findByText('GET /a');
  return { ...panel, list: screen.getByTestId('trace-list') };
}

const names = () =>
  within(screen.getByTestId('trace-list'))
    .getAllByRole('link')
    .map((row) => /GET \/\w/.exec(row.textContent ?? '')?.[0]);

describe('a row', () => {
  it('tells its errors, its size and who else took part', async () => {
    const services = ['shop', 'cart', 'bank'].map((name) => ({ name, spans: 2, errors: 0 }));
    const { rows } = await search(
      trace('a', { services, errorCount: 1, spanCount: 1204, durationNs: 1_250_000_000 }),
      trace('b', { errorCount: 0 }, -1),
    );
    for (const text of ['1 error', '1,204', '1.25 s', '2 more']) expect(within(rows[0]!).getByText(text)).toBeTruthy();
    expect(within(rows[0]!).getByTitle('shop: 2 spans cart: 2 spans bank: 2 spans')).toBeTruthy();
    expect(within(rows[1]!).queryByText(/error|more/)).toBeNull();
  });

  it('calls none of the services another one while the root is not known', async () => {
    const { rows } = await search(trace('a', { rootName: '', rootService: '' }));
    expect(within(rows[0]!).getByText('root span not received yet')).toBeTruthy();
    expect(within(rows[0]!).getByText('1 service')).toBeTruthy();
  });

  it('shows hostile names as what they are', async () => {
    const { rows } = await search(trace('a', { rootName: 'GET \u202e/x', rootService: 'a\u202eb' }));
    expect(within(rows[0]!).getByText('GET ‹U+202E›/x')).toBeTruthy();
    expect(within(rows[0]!).getByText('a‹U+202E›b')).toBeTruthy();
  });
});

describe('the columns', () => {
  it('have the attributes that the query selects, and a dash where a trace has none', async () => {
    const { rows } = await search(trace('a', { selected: { 'span.user': 'ada' } }), trace('b', {}, -1));
    const head = screen.getByTestId('trace-head');
    expect(within(head).getByText('span.user')).toBeTruthy();
    expect(within(rows[0]!).getByText('ada')).toBeTruthy();
    expect(within(rows[1]!).getByText('–')).toBeTruthy();
  });

  it('say that the bars are on a logarithmic scale, only where they are', async () => {
    await search(trace('a', { durationNs: 1_000_000 }), trace('b', { durationNs: 2_000_000_000 }, -1));
    expect(screen.getByText('log scale').title).toBe('Logarithmic, from 1 ms to 2 s');
  });

  it('do not speak of a scale where the durations are alike', async () => {
    await search(trace('a', { durationNs: 1_000_000 }), trace('b', { durationNs: 2_000_000 }, -1));
    expect(screen.queryByText('log scale')).toBeNull();
  });
});

describe('a live list', () => {
  it('holds still under a pointer that moves, counts what comes, and goes on when it leaves', async () => {
    const { list } = await follow();
    fireEvent.pointerEnter(list, { clientX: 5, clientY: 5 });
    fireEvent.pointerMove(list, { clientX: 9, clientY: 5 });
    expect(await screen.findByText('held')).toBeTruthy();
    tail.push({ traces: [trace('b', {}, 1)], dropped: 0 });
    expect(await screen.findByRole('button', { name: '1 new' })).toBeTruthy();
    expect(names()).toEqual(['GET /a']);
    fireEvent.pointerLeave(list);
    await waitFor(() => expect(names()).toEqual(['GET /b', 'GET /a']));
  });

  it('is not held by a pointer that lay there when it came up', async () => {
    const { list } = await follow();
    fireEvent.pointerEnter(list, { clientX: 5, clientY: 5 });
    fireEvent.pointerMove(list, { clientX: 5, clientY: 5 });
    tail.push({ traces: [trace('b', {}, 1)], dropped: 0 });
    await waitFor(() => expect(names()).toEqual(['GET /b', 'GET /a']));
    expect(screen.getByText('live')).toBeTruthy();
  });

  it('is paused and followed with its button and with p', async () => {
    const { user } = await follow();
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    expect(await screen.findByRole('button', { name: 'Follow', pressed: true })).toBeTruthy();
    tail.push({ traces: [trace('b', {}, 1)], dropped: 0 });
    await screen.findByRole('button', { name: '1 new' });
    (document.activeElement as HTMLElement).blur();
    await user.keyboard('p');
    await waitFor(() => expect(names()).toEqual(['GET /b', 'GET /a']));
  });

  it('shows what waits when it is asked for, and goes on from there', async () => {
    const { user } = await follow();
    await user.keyboard('p');
    tail.push({ traces: [trace('b', {}, 1)], dropped: 0 });
    await user.click(await screen.findByRole('button', { name: '1 new' }));
    await waitFor(() => expect(names()).toEqual(['GET /b', 'GET /a']));
    expect(screen.getByRole('button', { name: 'Pause', pressed: false })).toBeTruthy();
  });

  it('holds while a row beyond the first is chosen, until n leads to the newest', async () => {
    const { user } = await follow();
    tail.push({ traces: [trace('b', {}, 1)], dropped: 0 });
    await screen.findByText('GET /b');
    await user.keyboard('jj');
    await screen.findByText('held');
    tail.push({ traces: [trace('c', {}, 2)], dropped: 0 });
    await screen.findByRole('button', { name: '1 new' });
    await user.keyboard('n');
    await waitFor(() => expect(names()).toEqual(['GET /c', 'GET /b', 'GET /a']));
    expect(document.querySelector('[data-trace][aria-current]')).toBeNull();
  });
});
