// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client';
import { withEventMeta } from '@orpc/server';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TraceSummary } from '../../../../shared/contract/telemetry';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import type { ScriptedFeed } from '../../../test-host/scripted-feed';
import { makeSummary as trace } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

interface Batch {
  traces: TraceSummary[];
  dropped: number;
  opened?: true | undefined;
}

let tail: ScriptedFeed<Batch>;
let kept: TraceSummary[];

beforeEach(() => {
  kept = [];
  tail = host.feed('traces', 'tail');
  host.answer('traces', 'tagValues', () => ['shop', 'payments']);
  host.answer('traces', 'search', () => ({ traces: kept }));
  host.answer('traces', 'get', () => null);
});

const names = () =>
  within(screen.getByTestId('trace-list'))
    .getAllByRole('link')
    .map((row) => /GET \/\w|not received/.exec(row.textContent ?? '')?.[0]);
const searches = () => host.inputsOf('traces.search') as { query: string; window: { from: number; to: number } }[];
const openTail = () => waitFor(() => expect(tail.listening).toBe(1));

describe('live traces', () => {
  it('that are there already are shown before the tail is open, and what stands around them is asked for after them', async () => {
    kept = [trace('a')];
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    host.answer('traces', 'search', () => answered.then(() => ({ traces: kept })));
    await openPanel('/traces');
    await openTail();
    await waitFor(() => expect(searches()).toHaveLength(1));
    expect(host.inputsOf('traces.facets')).toEqual([]);
    expect(host.inputsOf('traces.aggregateRange')).toEqual([]);
    answer();
    await screen.findByText('GET /a');
    await waitFor(() => expect(host.inputsOf('traces.facets')).toHaveLength(1));
    await waitFor(() => expect(host.inputsOf('traces.aggregateRange')).toHaveLength(2));
  });

  it('begin with the last ones and put new ones on top', async () => {
    kept = [trace('a')];
    await openPanel('/traces');
    await openTail();
    tail.push({ traces: [], dropped: 0, opened: true });
    await screen.findByText('GET /a');
    tail.push({ traces: [trace('b', {}, 1)], dropped: 0 });
    await screen.findByText('GET /b');
    expect(names()).toEqual(['GET /b', 'GET /a']);
  });

  it('are searched once where the tail opens in time, and again where it was lost and opens anew', async () => {
    const wait = globalThis.setTimeout;
    // However slow this machine is, the tail is in time.
    const waiting = vi
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation(((run: () => void, ms?: number) =>
        ms === 100 ? wait(() => {}, 0) : wait(run, ms)) as typeof setTimeout);
    kept = [trace('a')];
    await openPanel('/traces');
    await openTail();
    expect(searches()).toEqual([]);
    tail.push({ traces: [], dropped: 0, opened: true });
    await screen.findByText('GET /a');
    expect(searches()).toHaveLength(1);
    tail.push({ traces: [], dropped: 0, opened: true });
    await waitFor(() => expect(searches()).toHaveLength(2));
    waiting.mockRestore();
  });

  it('renew a row where it stands when its trace grows', async () => {
    await openPanel('/traces');
    await openTail();
    tail.push({ traces: [trace('a'), trace('b', {}, 1)], dropped: 0 });
    await screen.findByText('GET /b');
    tail.push({ traces: [trace('a', { spanCount: 17, errorCount: 2 })], dropped: 0 });
    expect(await screen.findByText('17')).toBeTruthy();
    expect(screen.getByText('2 errors')).toBeTruthy();
    expect(names()).toEqual(['GET /b', 'GET /a']);
  });

  it('ask for what was missed by the last event that came', async () => {
    await openPanel('/traces');
    await openTail();
    tail.push(withEventMeta({ traces: [trace('a')], dropped: 0 }, { id: 'tail:3:3' }));
    await screen.findByText('GET /a');
    host.goAway();
    await screen.findByText('Watchtower does not answer.');
    expect(screen.getByText('GET /a')).toBeTruthy();
    host.comeBack();
    await waitFor(() => expect(tail.opened).toHaveLength(2));
    await openTail();
    tail.push({ traces: [trace('b', {}, 1)], dropped: 0 });
    await screen.findByText('GET /b');
    expect(tail.lastEventIds).toEqual([undefined, 'tail:3:3']);
  });

  it('say how many passed unseen', async () => {
    await openPanel('/traces');
    await openTail();
    tail.push({ traces: [trace('a')], dropped: 40 });
    expect(await screen.findByText(/40 not shown/)).toBeTruthy();
  });

  it('teach the first step while there is none', async () => {
    const { user, address } = await openPanel('/traces');
    await user.click(await screen.findByRole('link', { name: 'Connect an app' }));
    await waitFor(() => expect(address()).toBe('/connect'));
  });

  it('tell a row without its root from one with', async () => {
    await openPanel('/traces');
    await openTail();
    tail.push({ traces: [trace('a', { rootName: '', rootService: '' })], dropped: 0 });
    expect(await screen.findByText(/root span not/)).toBeTruthy();
  });
});

describe('the keyboard', () => {
  it('goes down and up, and opens a trace', async () => {
    const { user, address } = await openPanel('/traces');
    await openTail();
    tail.push({ traces: [trace('a'), trace('b', {}, 1)], dropped: 0 });
    await screen.findByText('GET /b');
    const current = () => document.querySelector('[data-trace][aria-current]')?.textContent ?? '';
    await user.keyboard('j');
    await waitFor(() => expect(current()).toContain('GET /b'));
    await user.keyboard('j');
    await waitFor(() => expect(current()).toContain('GET /a'));
    await user.keyboard('k');
    await waitFor(() => expect(current()).toContain('GET /b'));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(address()).toBe(`/traces/${'b'.repeat(32)}`));
  });
});

describe('a search', () => {
  it('finds in the window of the address and keeps it in the links', async () => {
    kept = [trace('a')];
    const { user, address } = await openPanel('/traces?live=false&since=3h');
    await user.click(await screen.findByText('GET /a'));
    await waitFor(() => expect(address()).toBe(`/traces/${'a'.repeat(32)}?since=3h`));
    const { from, to } = searches()[0]!.window;
    expect(to - from).toBe(3 * 3_600_000);
  });

  it('is waited for with a word, and says of none that there is nothing', async () => {
    host.answer('traces', 'search', () => new Promise(() => {}));
    await openPanel('/traces?live=false');
    expect(await screen.findByText('Searching')).toBeTruthy();
    expect(screen.queryByText('No trace matches')).toBeNull();
    expect(screen.getByTestId('trace-count').textContent).toBe('');
  });

  it('keeps in the page only the rows in sight of very many', async () => {
    kept = Array.from({ length: 1000 }, (_, index) => trace('a', { traceId: String(index).padStart(32, '0') }));
    await openPanel('/traces?live=false&top=duration');
    expect(await screen.findByText(/^1,000 traces/)).toBeTruthy();
    expect(names().length).toBeLessThan(60);
  });

  it('carries the filters into TraceQL', async () => {
    const { user } = await openPanel('/traces?live=false');
    await user.type(await screen.findByLabelText('Span name contains'), 'cart');
    await user.click(screen.getByRole('button', { name: 'Errors only' }));
    await waitFor(() => expect(searches().at(-1)?.query).toMatch(/cart.*error|error.*cart/));
  });

  it('says that nothing matches, and clears the filters', async () => {
    const { user, address } = await openPanel('/traces?live=false&service=ghost');
    await user.click(await screen.findByRole('button', { name: 'Clear the filters' }));
    await waitFor(() => expect(address()).not.toContain('ghost'));
  });

  it('shows what the backend has against a query', async () => {
    host.answer('traces', 'search', () => {
      throw new ORPCError('QUERY', {
        status: 400,
        defined: true,
        data: { message: 'unexpected token', position: 2 },
      });
    });
    await openPanel('/traces?live=false&q=%7B%20x');
    expect((await screen.findAllByText(/unexpected token/)).length).toBeGreaterThan(0);
    expect(screen.getByTestId('trace-count').textContent).toBe('');
  });

  it('shows a backend that does not answer as a problem, with the way out', async () => {
    host.answer('traces', 'search', () => {
      throw new ORPCError('UNAVAILABLE', {
        status: 503,
        defined: true,
        data: { message: 'Tempo does not answer.', hint: '`watchtower doctor` says why.' },
      });
    });
    await openPanel('/traces?live=false');
    expect(await screen.findByText('Tempo does not answer.')).toBeTruthy();
    expect(screen.getByText('`watchtower doctor` says why.')).toBeTruthy();
  });
});

describe('columns of attributes', () => {
  const selected = { 'http.route': '/orders/{id}', 'http.response.status_code': '503', 'db.system.name': 'sqlite' };
  const queries = () => searches().map(({ query }) => query);
  const titles = () => screen.getByTestId('trace-head').textContent ?? '';
  const answerWith = (fields: Partial<TraceSummary> = { selected }) =>
    host.answer('traces', 'search', ({ query }: { query: string }) => ({
      traces: [trace('a', query.includes('select(') ? fields : {})],
    }));

  it('stand by themselves where traces have them, and are hidden by the chooser', async () => {
    answerWith();
    host.answer('traces', 'tagNames', () => ({
      span: ['http.route', 'http.response.status_code', 'http.status_code', 'db.system.name'],
      resource: [],
      intrinsic: [],
    }));
    const { user, address } = await openPanel('/traces?live=false');
    expect(await screen.findByText('/orders/{id}')).toBeTruthy();
    expect(screen.getByText('503')).toBeTruthy();
    expect(titles()).toMatch(/Route.*Status/);
    await user.click(screen.getByRole('button', { name: 'Columns' }));
    const boxes = await screen.findAllByRole('checkbox', { checked: true });
    expect(boxes).toHaveLength(3);
    for (const name of ['span.http.route', 'span.http.response.status_code', 'span.http.status_code']) {
      await user.click(await screen.findByRole('checkbox', { name, checked: true }));
      await screen.findByRole('checkbox', { name, checked: false });
    }
    await waitFor(() => expect(queries().at(-1)).toBe('{}'));
    await waitFor(() => expect(titles()).not.toContain('Route'));
    expect(new URLSearchParams(address().split('?')[1]).has('columns')).toBe(true);
    await user.click(screen.getByRole('checkbox', { name: 'span.db.system.name' }));
    await waitFor(() => expect(queries().at(-1)).toBe('{} | select(span.db.system.name)'));
  });

  it('are not there where no trace has them', async () => {
    answerWith({});
    await openPanel('/traces?live=false');
    await screen.findByText('GET /a');
    expect(titles()).not.toContain('Route');
  });

  it('do not keep a query from its answer that cannot have them, nor tell of them what is wrong with it', async () => {
    host.answer('traces', 'search', ({ query }: { query: string }) => {
      const message = query.includes('select(') ? 'no select behind this' : 'unexpected end';
      if (query !== '{} | rate()') throw new ORPCError('QUERY', { status: 400, defined: true, data: { message } });
      return { traces: [trace('a')] };
    });
    await openPanel('/traces?live=false&q=%7B%20x');
    expect((await screen.findAllByText(/unexpected end/)).length).toBeGreaterThan(0);
    expect(screen.queryByText(/no select/)).toBeNull();
    cleanup();
    await openPanel('/traces?live=false&q=%7B%7D%20%7C%20rate()');
    expect(await screen.findByText('GET /a')).toBeTruthy();
  });

  it('are asked for of live traces, and of none a second time that has none', async () => {
    answerWith();
    await openPanel('/traces');
    await openTail();
    await waitFor(() => expect(searches()).toHaveLength(1));
    tail.push({ traces: [trace('a'), trace('b', {}, 1)], dropped: 0 });
    expect(await screen.findByText('/orders/{id}')).toBeTruthy();
    // The first asks for what was there before.
    const asked = () =>
      searches()
        .slice(1)
        .filter(({ query }) => query.includes('select('));
    await waitFor(() => expect(asked()).toHaveLength(1));
    const last = trace('c', {}, 60_000);
    tail.push({ traces: [last], dropped: 0 });
    await waitFor(() => expect(asked().length).toBeGreaterThan(1));
    expect(asked()[0]!.window.from).toBeLessThan(Number(trace('b').startNs) / 1e6);
    // Of the two before only one has any: the other is not asked for again.
    expect(asked()[1]!.window.from).toBe(Number(last.startNs) / 1e6 - 1000);
  });
});
