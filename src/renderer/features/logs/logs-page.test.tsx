// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client';
import { withEventMeta } from '@orpc/server';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LogRecord } from '../../../shared/contract/telemetry';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import type { ScriptedFeed } from '../../test-host/scripted-feed';
import { someTime as base, makeLine as record } from '../../test-host/telemetry-data';
import { host } from '../../test-host/test-page';

withScriptedHost();

interface Batch {
  records: LogRecord[];
  dropped: number;
  opened?: true | undefined;
}

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

let kept: LogRecord[];
let tail: ScriptedFeed<Batch>;

beforeEach(() => {
  kept = [];
  tail = host.feed('logs', 'tail');
  host.answer('logs', 'labelValues', () => ['shop', 'payments']);
  host.answer('logs', 'volume', () => []);
  host.answer('logs', 'query', () => ({ records: kept.toReversed() }));
});

const rows = () => screen.queryAllByRole('option').map((row) => row.textContent);
const queries = () => (host.inputsOf('logs.query') as { query: string }[]).map(({ query }) => query);
const openTail = () => waitFor(() => expect(tail.listening).toBe(1));

describe('the lines', () => {
  it('stand oldest first, and live ones follow behind them', async () => {
    kept = [record('first'), record('second', {}, 1)];
    await openPanel('/logs');
    await screen.findByText('second');
    await openTail();
    tail.push({ records: [record('third', { level: 'error' }, 2)], dropped: 0 });
    await screen.findByText('third');
    expect(rows().map((text) => /first|second|third/.exec(text ?? '')?.[0])).toEqual(['first', 'second', 'third']);
    expect(screen.getByText('3 lines')).toBeTruthy();
  });

  it('are not doubled where the tail brings what the first page had', async () => {
    kept = [record('once')];
    let answer = () => {};
    host.answer('logs', 'query', () => new Promise((resolve) => (answer = () => resolve({ records: kept }))));
    await openPanel('/logs');
    await openTail();
    await waitFor(() => expect(queries()).toHaveLength(1));
    tail.push({ records: [record('once'), record('after', {}, 1)], dropped: 0 });
    answer();
    await screen.findByText('after');
    expect(screen.getAllByText('once')).toHaveLength(1);
  });

  it('are not doubled where the tail is later than the first page', async () => {
    kept = [record('once')];
    await openPanel('/logs');
    await screen.findByText('once');
    await openTail();
    tail.push({ records: [record('once')], dropped: 0 });
    tail.push({ records: [record('after', {}, 1)], dropped: 0 });
    tail.push({ records: [record('once', {}, 2)], dropped: 0 });
    await screen.findByText('3 lines');
    expect(rows().map((text) => /once|after/.exec(text ?? '')?.[0])).toEqual(['once', 'after', 'once']);
  });

  it('say how many were left out', async () => {
    kept = [record('first')];
    await openPanel('/logs');
    await screen.findByText('first');
    await openTail();
    tail.push({ records: [], dropped: 1200 });
    expect(await screen.findByText(/^1,200 /)).toBeTruthy();
  });

  it('show hostile text as text', async () => {
    kept = [record('<img src=x onerror=alert(1)>\n\u001b[31mred', { service: 'a\u202eb' })];
    await openPanel('/logs');
    expect(await screen.findByText(/<img src=x onerror=alert\(1\)>/)).toBeTruthy();
    expect(document.querySelector('img[src="x"]')).toBeNull();
    expect(screen.getByRole('option').textContent).toContain('a‹U+202E›b');
  });
});

it('waits for the lines with a word, and says of none that it is not there', async () => {
  host.answer('logs', 'query', () => new Promise(() => {}));
  await openPanel('/logs?live=false');
  expect(await screen.findByText('Loading')).toBeTruthy();
  expect(screen.queryByText(/No log lines/)).toBeNull();
});

it('keeps in the page only the lines in sight of very many', async () => {
  kept = Array.from({ length: 1000 }, (_, index) => record(`line ${index}`, {}, index));
  await openPanel('/logs?live=false');
  expect(await screen.findByText('1,000 lines')).toBeTruthy();
  expect(rows().length).toBeLessThan(120);
});

describe('a connection that is lost', () => {
  it('goes on where it was: the tail is told the last event, and nothing is asked for twice', async () => {
    kept = [record('first')];
    await openPanel('/logs');
    await screen.findByText('first');
    await openTail();
    tail.push(withEventMeta({ records: [record('second', {}, 1)], dropped: 0 }, { id: 'tail:7:9' }));
    await screen.findByText('second');
    const asked = queries().length;
    host.goAway();
    await screen.findByText('Watchtower does not answer.');
    host.comeBack();
    await waitFor(() => expect(tail.opened).toHaveLength(2));
    await openTail();
    tail.push({ records: [record('missed', {}, 2)], dropped: 0 });
    await screen.findByText('missed');
    expect(tail.lastEventIds).toEqual([undefined, 'tail:7:9']);
    expect(queries()).toHaveLength(asked);
  });

  it('looks for what it missed where the host begins anew', async () => {
    kept = [record('first')];
    await openPanel('/logs');
    await screen.findByText('first');
    await openTail();
    host.goAway();
    await screen.findByText('Watchtower does not answer.');
    kept = [record('first'), record('written meanwhile', {}, 1)];
    host.comeBack();
    await waitFor(() => expect(tail.opened).toHaveLength(2));
    await openTail();
    tail.push({ records: [], dropped: 0, opened: true });
    expect(await screen.findByText('written meanwhile')).toBeTruthy();
    expect(screen.getAllByText('first')).toHaveLength(1);
  });
});

describe('one line', () => {
  it('opens with its labels, is copied, and narrows the query by one of them', async () => {
    kept = [record('no disk', { level: 'error', traceId, spanId: '00f067aa0ba902b7' })];
    const { user, copied, address } = await openPanel('/logs');
    await user.click(await screen.findByRole('option'));
    const details = await screen.findByRole('complementary', { name: 'Log line' });
    expect(within(details).getByText('dev-1')).toBeTruthy();
    await user.click(within(details).getByRole('button', { name: 'Copy line: copy the line' }));
    expect(copied()).toBe('no disk');
    await user.click(within(details).getByRole('button', { name: /^Only lines with this host.name$/ }));
    await waitFor(() => expect(new URLSearchParams(address().split('?')[1]).get('q')).toContain('host_name'));
  });

  it('offers no filter by a value that no query could hold', async () => {
    kept = [record('no disk', { labels: { service_name: 'shop', big: 'v'.repeat(1024 * 1024), small: 'v' } })];
    const { user } = await openPanel('/logs');
    await user.click(await screen.findByRole('option'));
    const details = await screen.findByRole('complementary', { name: 'Log line' });
    expect(within(details).getByRole('button', { name: 'Only lines with this small' })).toBeTruthy();
    expect(within(details).queryByRole('button', { name: 'Only lines with this big' })).toBeNull();
  });

  it('leads to its trace and span', async () => {
    kept = [record('no disk', { traceId, spanId: '00f067aa0ba902b7' })];
    host.answer('traces', 'get', () => null);
    const { user, address } = await openPanel('/logs');
    await user.click(await screen.findByRole('link', { name: 'Open the trace' }));
    await waitFor(() => expect(address()).toMatch(new RegExp(`^/traces/${traceId}`)));
    expect(address()).toContain('00f067aa0ba902b7');
  });

  it('is chosen with j and k, and left with Escape', async () => {
    kept = [record('first'), record('second', {}, 1)];
    const { user } = await openPanel('/logs');
    await screen.findByText('second');
    const selected = () =>
      screen.queryAllByRole('option').find((row) => row.getAttribute('aria-selected') === 'true')?.textContent;
    await user.keyboard('j');
    await waitFor(() => expect(selected()).toContain('second'));
    await user.keyboard('k');
    await waitFor(() => expect(selected()).toContain('first'));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(selected()).toBeUndefined());
  });
});

describe('what lies around', () => {
  it('shows the lines before and after one, with the line itself marked', async () => {
    kept = [record('no disk')];
    host.answer('logs', 'context', () => ({
      records: [record('before', {}, -1), record('no disk'), record('after', {}, 1)],
    }));
    const { user } = await openPanel('/logs');
    await user.click(await screen.findByRole('option'));
    await user.click(await screen.findByRole('tab', { name: 'Lines around it' }));
    const details = await screen.findByRole('complementary', { name: 'Log line' });
    expect(await within(details).findByText('before')).toBeTruthy();
    expect(within(details).getByText('after')).toBeTruthy();
    expect(details.querySelector('[aria-current]')?.textContent).toContain('no disk');
  });

  it('loads older lines in front of those that are here, each once', async () => {
    const all = Array.from({ length: 1010 }, (_, index) => record(`line ${index}`, {}, index));
    host.answer('logs', 'query', ({ window, limit }) => {
      const before = all.filter(({ timeNs }) => BigInt(timeNs) < BigInt(window.to) * 1_000_000n);
      return { records: before.slice(-limit).toReversed() };
    });
    const { user } = await openPanel(`/logs?from=${base}&to=${base + 10_000}`);
    await screen.findByText('1,000 lines');
    await user.click(screen.getByRole('button', { name: 'Load older lines' }));
    expect(await screen.findByText('1,010 lines')).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Load older lines' })).toBeNull());
  });
});

describe('the filters', () => {
  it('become the query, and part of the address', async () => {
    const { user, address } = await openPanel('/logs');
    await user.type(await screen.findByLabelText('Text in the line'), 'timeout');
    await waitFor(() => expect(address()).toContain('text=timeout'));
    await user.click(screen.getByRole('combobox', { name: 'Service' }));
    await user.click(await screen.findByRole('option', { name: 'payments' }));
    await waitFor(() => expect(address()).toContain('service=payments'));
    await waitFor(() => expect(queries().at(-1)).toContain('payments'));
    expect(queries().at(-1)).toContain('timeout');
  });

  it('leave errors and worse with e, in a query of one’s own as well, and all with e again', async () => {
    const { user, address } = await openPanel('/logs?live=false');
    const searched = () => Object.fromEntries(new URLSearchParams(address().split('?')[1]));
    await screen.findByLabelText('LogQL');
    await user.keyboard('e');
    await waitFor(() => expect(searched()).toMatchObject({ level: 'error+' }));
    await user.keyboard('e');
    await waitFor(() => expect(searched().level).toBeUndefined());
    cleanup();
    const own = await openPanel(`/logs?live=false&q=${encodeURIComponent('{a="b"} | json')}`);
    const query = () => new URLSearchParams(own.address().split('?')[1]).get('q');
    await screen.findByLabelText('LogQL');
    await own.user.keyboard('e');
    await waitFor(() => expect(query()).toBe('{a="b"} | json | detected_level=~"fatal|critical|error"'));
    await own.user.keyboard('e');
    await waitFor(() => expect(query()).toBe('{a="b"} | json'));
  });

  it('say that no line matches, and not that none came', async () => {
    await openPanel('/logs?text=nothing');
    expect(await screen.findByText('No line matches in this window')).toBeTruthy();
  });

  it('take a number in the address for a text', async () => {
    await openPanel('/logs?text=404');
    expect(await screen.findByDisplayValue('404')).toBeTruthy();
  });
});

it('says what is wrong with a query that the backend refuses', async () => {
  host.answer('logs', 'query', () => {
    throw new ORPCError('QUERY', {
      status: 400,
      defined: true,
      data: { message: 'parse error: unexpected end', position: 3 },
    });
  });
  await openPanel('/logs?q=%7Bx');
  expect(await screen.findByText('The query was refused')).toBeTruthy();
  expect(screen.getAllByText(/unexpected end/).length).toBeGreaterThan(0);
  await waitFor(() => expect(tail.listening).toBe(0));
});

it('says that the backend does not answer, and what to do, and shows the lines by itself once it does', async () => {
  let isDown = true;
  host.answer('logs', 'query', () => {
    if (!isDown) return { records: [record('kept meanwhile')] };
    throw new ORPCError('UNAVAILABLE', {
      status: 503,
      defined: true,
      data: { message: 'Loki does not answer.', hint: 'The overview shows which service is down.' },
    });
  });
  await openPanel('/logs');
  expect(await screen.findByText('Loki does not answer.')).toBeTruthy();
  expect(screen.getByText('The overview shows which service is down.')).toBeTruthy();
  isDown = false;
  expect(await screen.findByText('kept meanwhile')).toBeTruthy();
  expect(screen.queryByText('Loki does not answer.')).toBeNull();
  await openTail();
  tail.push({ records: [record('as it comes', {}, 1)], dropped: 0 });
  expect(await screen.findByText('as it comes')).toBeTruthy();
});

describe('a pause', () => {
  it('holds the list still and counts what comes, until it is followed again', async () => {
    kept = [record('first')];
    const { user } = await openPanel('/logs');
    await screen.findByText('first');
    await openTail();
    await user.keyboard('p');
    tail.push({ records: [record('second', {}, 1), record('third', {}, 2)], dropped: 0 });
    expect(await screen.findByText('2 new')).toBeTruthy();
    expect(screen.queryByText('second')).toBeNull();
    await user.click(screen.getByRole('button', { name: '2 new' }));
    expect(await screen.findByText('third')).toBeTruthy();
  });

  it('is not offered for a window of the past, which does not grow', async () => {
    kept = [record('first')];
    await openPanel(`/logs?from=${base - 1000}&to=${base + 1000}`);
    await screen.findByText('first');
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
    expect(tail.opened).toEqual([]);
  });
});
