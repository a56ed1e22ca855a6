// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../../../shared/runs/run';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import {
  makeChange,
  makeDiff,
  makeFinding,
  makeRun,
  makeRunning,
  makeShape,
  makeSummary,
} from '../../../test-host/run-data';
import type { ScriptedFeed } from '../../../test-host/scripted-feed';
import { makeLine, someTime } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

let feed: ScriptedFeed<{ runs: Run[] }>;
const run = makeRun('newer', { label: 'with index', parentId: 'parentaa' });
const before = makeRun('older', { startedAt: someTime - 60_000 });

beforeEach(() => {
  feed = host.feed('runs', 'feed', { runs: [run, before] });
  host.answer('runs', 'get', () => run);
  host.answer('runs', 'list', () => ({ runs: [run, before] }));
  host.answer('runs', 'summary', () => makeSummary('newer'));
  host.answer('runs', 'diff', () => makeDiff('older', 'newer'));
});

const queryOf = (name: string) =>
  new URL(screen.getByRole('link', { name }).getAttribute('href')!, 'http://x').searchParams;

describe('the page of a run', () => {
  it('tells what ran, where, of which revision, and how it ended', async () => {
    await openPanel(`/runs/${run.id}`);
    await screen.findByRole('heading', { name: /shop/ });
    for (const text of ['npm test', '/home/ada/shop', 'main', '4bf92f35', 'exit 0', 'the same', 'with index', '12 s']) {
      expect(screen.getAllByText(text).length, text).toBeGreaterThan(0);
    }
    expect(screen.getByRole('link', { name: 'parentaa' }).getAttribute('href')).toBe('/runs/parentaa');
  });

  it('shows a command of many lines on one, whole when asked, and copies it whole', async () => {
    const script = Array.from({ length: 40 }, (_, at) => `console.log('order ${at}');`).join('\n');
    host.answer('runs', 'get', () => makeRun('newer', { command: ['node', '-e', script] }));
    host.feed('runs', 'feed', { runs: [] });
    const { user } = await openPanel(`/runs/${run.id}`);
    const shown = (await screen.findByText('Command')).closest('div')!.querySelector('code')!;
    expect(shown.querySelectorAll('span')).toHaveLength(2);
    const end = shown.lastElementChild!.textContent!;
    expect(end).toMatch(/order 39/);
    await user.click(screen.getByRole('button', { name: 'Show the whole command' }));
    const whole = screen.getByText(/order 20/);
    expect(whole.textContent!.split('order ')).toHaveLength(41);
    expect(whole.querySelectorAll('span')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Show the command on one line' }));
    await user.click(screen.getByRole('button', { name: 'Copy the command' }));
    expect((await navigator.clipboard.readText()).split('order ')).toHaveLength(41);
  });

  it('leads to its traces and log lines, in the window of the run', async () => {
    await openPanel(`/runs/${run.id}`);
    await screen.findByRole('link', { name: 'Its traces' });
    const traces = queryOf('Its traces');
    expect(traces.get('q')).toBe(`{ resource.watchtower.run.id = "${run.id}" }`);
    expect(Number(traces.get('from'))).toBeLessThanOrEqual(run.startedAt);
    expect(Number(traces.get('to'))).toBeGreaterThanOrEqual(run.endedAt!);
    expect(queryOf('Its log lines').get('q')).toBe(`{service_name=~".+"} | watchtower_run_id="${run.id}"`);
  });

  it('shows the requests with their spans below, services, log lines by kind, and metrics to the last digit', async () => {
    host.answer('runs', 'summary', () =>
      makeSummary('newer', {
        errorSpans: 2,
        templates: [
          { service: 'shop', level: 'error', template: 'no price of <*>', count: 4, example: 'no price of 7' },
        ],
        metrics: [{ service: 'shop', name: 'orders_total', type: 'counter', value: 1234567.25 }],
      }),
    );
    await openPanel(`/runs/${run.id}`);
    expect((await screen.findByTestId('run-counts')).textContent).toBe('10 traces · 20 spans · 2 failed');
    const requests = screen.getByRole('heading', { name: 'Requests' }).closest('section')!;
    expect(within(requests).getByRole('button', { name: 'shop GET /orders' })).toBeTruthy();
    expect(requests.querySelector('[data-shape="SELECT orders"]')?.textContent).toContain('query');
    expect(screen.getByRole('link', { name: 'no price of …' })).toBeTruthy();
    expect(screen.getByText('1234567.25')).toBeTruthy();
  });

  it('says what the summary does not hold, and shows long lists whole when asked', async () => {
    const shapes = Array.from({ length: 130 }, (_, index) => makeShape(`SELECT ${index}`));
    host.answer('runs', 'summary', () => makeSummary('newer', { shapes, leftOut: ['9 shapes: more than are kept.'] }));
    const { user } = await openPanel(`/runs/${run.id}`);
    expect(await screen.findByText('9 shapes: more than are kept.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Show 30 more' }));
    expect(document.querySelectorAll('[data-shape]')).toHaveLength(130);
  });

  it('is compared with none that ran elsewhere, or was lost', async () => {
    const elsewhere = { folder: '/tmp/other', revision: undefined };
    host.answer('runs', 'list', () => ({
      runs: [run, { ...before, ...elsewhere }, { ...before, state: 'lost' as const, id: 'lostlost' }],
    }));
    await openPanel(`/runs/${run.id}`);
    await screen.findByTestId('run-counts');
    expect(host.inputsOf('runs.list')).toHaveLength(1);
    expect(screen.queryByRole('link', { name: 'Compare with the one before' })).toBeNull();
  });

  it('compares with the one before of its name', async () => {
    const { user, address } = await openPanel(`/runs/${run.id}`);
    await screen.findByRole('link', { name: 'Compare with the one before' });
    await user.keyboard('c');
    await waitFor(() => expect(address()).toBe(`/runs/compare?before=${before.id}&after=${run.id}`));
  });

  it('shows what differs from the one before, and is copied with it for an agent', async () => {
    const change = makeChange('more-queries', { worse: true, sentence: 'SELECT orders: 1 → 17 a request' });
    host.answer('runs', 'diff', () => makeDiff('older', 'newer', { verdict: 'worse', changes: [change] }));
    const { user, copied } = await openPanel(`/runs/${run.id}`);
    expect(await screen.findByText('SELECT orders: 1 → 17 a request')).toBeTruthy();
    expect(host.inputsOf('runs.diff')[0]).toMatchObject({ before: { ref: before.id }, after: { ref: run.id } });
    await user.keyboard('a');
    await waitFor(() => expect(copied()).toContain('SELECT orders: 1 → 17 a request'));
    expect(copied()).toContain(`Run ${run.id} shop: exit code 0`);
  });

  it('shows its findings with what to do and the spans that show them', async () => {
    host.answer('runs', 'summary', () =>
      makeSummary('newer', {
        findings: [makeFinding({ severity: 'hint', rule: 'slow-start', fingerprint: 'f'.repeat(16) }), makeFinding()],
      }),
    );
    const { user } = await openPanel(`/runs/${run.id}`);
    await user.click(await screen.findByRole('tab', { name: 'Findings 2' }));
    const items = within(await screen.findByRole('list', { name: 'Findings' })).getAllByRole('listitem');
    expect(items.map((item) => item.dataset.finding)).toEqual(['n-plus-one-queries', 'slow-start']);
    expect(items[0]?.textContent).toContain('Ask once for all of them.');
    expect(
      within(items[0]!)
        .getByRole('link', { name: /dddddddd × 17/ })
        .getAttribute('href'),
    ).toBe(`/traces/${'d'.repeat(32)}?span=${'e'.repeat(16)}`);
  });

  it('waits for its summary with a word', async () => {
    host.answer('runs', 'summary', () => new Promise(() => {}));
    await openPanel(`/runs/${run.id}`);
    await screen.findByRole('heading', { name: /shop/ });
    expect(await screen.findByRole('status')).toBeTruthy();
  });

  it('says why there is no summary', async () => {
    host.answer('runs', 'summary', refuse('RUN', { message: 'Its summary is gone.', hint: 'Run it again.' }));
    await openPanel(`/runs/${run.id}`);
    expect(await screen.findByText('Its summary is gone.')).toBeTruthy();
    expect(screen.getByText('Run it again.')).toBeTruthy();
  });

  it('says that there is no such run', async () => {
    host.answer('runs', 'get', refuse('RUN', { message: 'No run is called nothing.', hint: 'List them.' }));
    await openPanel('/runs/nothing');
    expect(await screen.findByText('This run is not here')).toBeTruthy();
    expect(screen.getByText(/No run is called nothing/)).toBeTruthy();
  });

  it('goes back to the list when it was deleted', async () => {
    host.answer('runs', 'delete', ({ ref }) => ({ deleted: ref }));
    const { user, address } = await openPanel(`/runs/${run.id}`);
    await user.click(await screen.findByRole('button', { name: 'Delete it' }));
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(address()).toBe('/runs'));
  });
});

describe('a run that runs', () => {
  const running = makeRunning('newer', { startedAt: Date.now() - 5000 });
  const written = (text: string, stream = 'stdout') =>
    makeLine(text, { labels: { log_iostream: stream }, level: 'unknown' }, Date.now() - someTime);

  it('wraps long lines of its output, and shows every line of one that has several', async () => {
    feed = host.feed('runs', 'feed', { runs: [running] });
    host.answer('runs', 'get', () => running);
    const long = 'y'.repeat(250);
    host.answer('logs', 'query', () => ({ records: [written(long), written('first\nsecond')] }));
    host.feed('logs', 'tail');
    await openPanel(`/runs/${running.id}`);
    const heights = [await screen.findByText(long), screen.getByText(/first\s+second/)].map(
      (text) => text.closest<HTMLElement>('[role="option"]')!.style.height,
    );
    // Of a font and a width that are not known here 100 characters fit.
    expect(heights).toEqual(['58px', '40px']);
  });

  it('shows its output as it comes, then what came of it', async () => {
    feed = host.feed('runs', 'feed', { runs: [running] });
    host.answer('runs', 'get', () => running);
    host.answer('logs', 'query', () => ({ records: [written('listening')] }));
    const tail = host.feed('logs', 'tail');
    await openPanel(`/runs/${running.id}`);
    await screen.findByText('listening');
    await waitFor(() => expect(tail.listening).toBe(1));
    expect(tail.opened).toEqual([{ query: `{service_name=~".+"} | watchtower_run_id="${running.id}"` }]);
    tail.push({ records: [written('it \u001b[31mfails', 'stderr')], dropped: 0 });
    const line = (await screen.findByText('it fails')).closest('[role="option"]');
    expect(line?.textContent).toContain('err');
    // A line that is exported as well is kept as that alone.
    tail.push({ records: [makeLine('order 7 shown', {}, Date.now() - someTime)], dropped: 0 });
    const exported = (await screen.findByText('order 7 shown')).closest('[role="option"]');
    expect(within(exported as HTMLElement).getByText('log')).toBeTruthy();
    const ended = { ...running, state: 'ended', endedAt: Date.now(), exitCode: 1 } as const;
    feed.push({ runs: [ended] });
    expect(await screen.findByText('exit 1')).toBeTruthy();
    // What it sent last is still on its way.
    expect((await screen.findByTestId('run-counts')).textContent).toContain('20 spans · none failed so far');
    host.answer('runs', 'summary', () => makeSummary('newer', { spans: 21 }));
    feed.push({ runs: [{ ...ended, outcome: run.outcome }] });
    await waitFor(() =>
      expect(screen.getByTestId('run-counts').textContent).toBe('10 traces · 21 spans · none failed'),
    );
  });

  it('has a summary of what came so far', async () => {
    host.feed('runs', 'feed', { runs: [running] });
    host.answer('runs', 'get', () => running);
    await openPanel(`/runs/${running.id}?part=summary`);
    expect((await screen.findByTestId('run-counts')).textContent).toContain('so far');
  });
});
