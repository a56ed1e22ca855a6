// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TraceSummary } from '../../../../shared/contract/telemetry';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuseAsDown } from '../../../test-host/refuse';
import type { ScriptedFeed } from '../../../test-host/scripted-feed';
import { makeSummary as trace } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';
import { standingColumns } from './select-columns';

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

  it('stand below their heads: each cell has the width of its head', async () => {
    const { rows } = await search(trace('a', { selected: { 'span.user': 'ada' }, errorCount: 2 }));
    const widthsOf = (row: Element) =>
      [...row.children].map((cell) =>
        [...cell.classList]
          .filter((name) => /^(?:@.*:)?(?:min-w-|w-|flex-|basis-|shrink-|hidden$|block$)/.test(name))
          .sort(),
      );
    expect(widthsOf(screen.getByTestId('trace-head'))).toEqual(widthsOf(rows[0]!));
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

describe('the matched spans of a row', () => {
  const evil = '<img src=x>\u202e';
  const matched = [
    {
      ...{ spanId: '1'.repeat(16), name: 'SELECT', service: 'db', failed: true, startNs: trace('a').startNs },
      ...{ durationNs: 2_000_000, attributes: [{ key: 'customer', value: 'acme' }] },
    },
    {
      ...{ spanId: '2'.repeat(16), name: evil, service: evil, failed: false, startNs: trace('a').startNs },
      ...{ durationNs: 0, attributes: [{ key: evil, value: { deep: [evil] } }] },
    },
  ];

  it('are shown below it with what they were matched by, lead to themselves, and say how many more there are', async () => {
    host.answer('traces', 'matchedSpans', () => ({ spans: matched, matched: 1200 }));
    const { user } = await search(trace('a'), trace('b', {}, -1));
    await user.click(screen.getByRole('button', { name: 'Matched spans of GET /a', expanded: false }));
    const spans = within(await screen.findByRole('region', { name: 'Matched spans of GET /a' }));
    const [first, second] = await spans.findAllByRole('link');
    expect(first!.textContent).toMatch(/db.*SELECT.*failed.*customer acme.*2 ms/);
    expect(first!.getAttribute('href')).toContain(`span=%22${'1'.repeat(16)}%22`);
    expect(second!.querySelector('img')).toBeNull();
    expect(second!.textContent).toContain('‹U+202E›');
    expect(spans.getByText('1,198 more of 1,200 matched spans are in the trace.')).toBeTruthy();
    expect(host.inputsOf('traces.matchedSpans')).toMatchObject([
      { query: '{}', traceId: 'a'.repeat(32), fields: standingColumns },
    ]);
  });

  it('are opened and closed with x, and hold a live list still meanwhile', async () => {
    host.answer('traces', 'matchedSpans', () => ({ spans: [], matched: 0 }));
    const { user } = await follow();
    await user.keyboard('jx');
    expect(await screen.findByText('No span of it matches any more.')).toBeTruthy();
    await screen.findByText('held');
    await user.keyboard('x');
    await waitFor(() => expect(screen.queryByRole('region', { name: /^Matched spans/ })).toBeNull());
  });

  it('say why they are not told', async () => {
    host.answer('traces', 'matchedSpans', refuseAsDown);
    const { user } = await search(trace('a'));
    await user.keyboard('jx');
    expect((await screen.findByRole('alert')).textContent).toBe('It does not answer.');
  });
});

describe('the widths of columns', () => {
  it('are changed by keys and by dragging, are kept, and are given back', async () => {
    const { user, rows } = await search(trace('a', { selected: { 'span.user': 'ada' } }));
    const border = screen.getByRole('separator', { name: 'Width of span.user' });
    const cell = within(rows[0]!).getByText('ada');
    fireEvent.pointerDown(border, { pointerId: 1 });
    fireEvent.pointerMove(border, { pointerId: 1, clientX: 200 });
    await waitFor(() => expect(cell.style.width).toBe('200px'));
    border.focus();
    await user.keyboard('{ArrowLeft}');
    expect(localStorage.getItem('traces.column:span.user')).toBe('184');
    expect(cell.style.width).toBe('184px');
    await user.keyboard('{Delete}');
    expect(cell.style.width).toBe('');
    expect(localStorage.getItem('traces.column:span.user')).toBeNull();
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
