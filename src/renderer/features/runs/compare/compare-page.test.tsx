// @vitest-environment happy-dom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import { identityOf, makeChange, makeDiff, makeShape, makeSummary } from '../../../test-host/run-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const address = '/runs/compare?before=older&after=newer';
const root = makeShape('GET /orders', { kind: 'server', parent: '' });

beforeEach(() => {
  host.answer('runs', 'diff', () => makeDiff('older', 'newer'));
  host.answer('runs', 'summary', ({ ref }) => makeSummary(ref));
});

const changes = () => within(screen.getByRole('list', { name: 'Changes' })).getAllByRole('listitem');
const shape = (name: string) => document.querySelector<HTMLElement>(`[data-shape="${name}"]`);

describe('two runs side by side', () => {
  it('lists what differs in the order of the difference, and marks what is worse', async () => {
    host.answer('runs', 'diff', () =>
      makeDiff('older', 'newer', {
        verdict: 'worse',
        matched: 0.999,
        changes: [
          makeChange('more-queries', {
            worse: true,
            sentence: 'SELECT orders: 1 → 17 a request.',
            before: 1,
            after: 17,
            examples: { before: 'a'.repeat(32), after: 'b'.repeat(32) },
          }),
          makeChange('faster', { sentence: 'render is faster.', before: 9e6, after: 2e6, p: 0.0004 }),
          makeChange('new-log', { before: null, after: 3 }),
        ],
      }),
    );
    await openPanel(address);
    await screen.findByRole('list', { name: 'Changes' });
    expect(changes().map(({ dataset }) => dataset.change)).toEqual(['more-queries', 'faster', 'new-log']);
    expect(within(changes()[0]!).getByLabelText('Worse')).toBeTruthy();
    expect(within(changes()[1]!).getByLabelText('Different')).toBeTruthy();
    expect(changes()[0]!.textContent).toContain('SELECT orders: 1 → 17 a request.');
    expect(changes()[1]!.textContent).toContain('9 ms → 2 ms');
    expect(changes()[1]!.textContent).toContain('p < 0.001');
    expect(changes()[2]!.textContent).toContain('– → 3');
    const links = within(changes()[0]!).getAllByRole('link');
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      `/traces/${'a'.repeat(32)}`,
      `/traces/${'b'.repeat(32)}`,
    ]);
    expect(screen.getByText('99 % in both')).toBeTruthy();
    expect(screen.getByText('3 changes, 1 for the worse')).toBeTruthy();
  });

  it('says that everything takes longer, where it does, and nothing of it where both take as long', async () => {
    host.answer('runs', 'diff', () => makeDiff('older', 'newer', { pace: 1.304 }));
    await openPanel(address);
    expect(await screen.findByText(/everything takes 1\.3 times as long, as on a busier machine/)).toBeTruthy();
    cleanup();
    host.answer('runs', 'diff', () => makeDiff('older', 'newer'));
    await openPanel(address);
    await screen.findByText(/in both$/);
    expect(screen.queryByText(/times as long/)).toBeNull();
  });

  it('shows the structure of both as one tree: new, gone, more and slower', async () => {
    const slow = makeShape('render');
    host.answer('runs', 'summary', ({ ref }) =>
      makeSummary(ref, {
        shapes:
          ref === 'older'
            ? [root, slow, makeShape('SELECT orders'), makeShape('cache get')]
            : [root, slow, makeShape('SELECT orders', { count: 170 }), makeShape('POST /audit')],
      }),
    );
    host.answer('runs', 'diff', () =>
      makeDiff('older', 'newer', {
        verdict: 'worse',
        changes: [
          makeChange('more-queries', { worse: true }),
          makeChange('slower', { subject: 'render', worse: true }),
          makeChange('slower', { subject: 'render', request: 'shop GET /other' }),
        ],
      }),
    );
    await openPanel(address);
    await waitFor(() => expect(shape('SELECT orders')).not.toBeNull());
    expect(shape('SELECT orders')!.textContent).toMatch(/more.*1 → 17/);
    expect(shape('POST /audit')!.textContent).toMatch(/new.*– → 1/);
    expect(shape('cache get')!.textContent).toMatch(/gone.*1 → –/);
    expect(shape('render')!.textContent).toContain('slower');
    expect(shape('GET /orders')!.textContent).not.toMatch(/new|gone|more/);
  });

  it('says when nothing differs, which latency was not judged, and what is not in it', async () => {
    host.answer('runs', 'diff', () =>
      makeDiff('older', 'newer', { notJudged: ['render: too few to judge (3 v 3).'], leftOut: ['Before: 9 shapes.'] }),
    );
    host.answer('runs', 'summary', ({ ref }) => makeSummary(ref, { leftOut: ['9 shapes.'] }));
    await openPanel(address);
    expect(await screen.findByText('Nothing that counts differs between the two.')).toBeTruthy();
    expect(screen.getByText('render: too few to judge (3 v 3).')).toBeTruthy();
    // Said once, and not again of each summary.
    await waitFor(() => expect(document.querySelector('[data-shape]')).not.toBeNull());
    expect(screen.getAllByText(/9 shapes/).map(({ textContent }) => textContent)).toEqual(['Before: 9 shapes.']);
  });

  it('says why two can hardly be compared, and compares them when told to', async () => {
    host.answer('runs', 'diff', ({ force }) =>
      makeDiff('older', 'newer', {
        after: identityOf('newer', { command: ['node', 'other.js'] }),
        verdict: force ? 'different' : 'incomparable',
        matched: 0.2,
      }),
    );
    const { user, address: where } = await openPanel(address);
    expect(await screen.findByText('They are of two commands: npm test and node other.js.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Compare anyway' }));
    await waitFor(() => expect(host.inputsOf('runs.diff').at(-1)).toMatchObject({ force: true }));
    expect(await screen.findByText('different')).toBeTruthy();
    expect(where()).toContain('force=true');
  });

  it('shows why it was refused, with the way to do it all the same', async () => {
    host.answer('runs', 'diff', ({ force }) => {
      if (force) return makeDiff('older', 'newer');
      return refuse('RUN', { kind: 'run-other-command', message: 'They are of two commands.', hint: 'Force it.' })();
    });
    const { user } = await openPanel(address);
    expect(await screen.findByText('They are of two commands.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Compare anyway' }));
    expect(await screen.findByText('Nothing that counts differs between the two.')).toBeTruthy();
  });

  it('offers no way where there is none', async () => {
    host.answer('runs', 'diff', refuse('RUN', { kind: 'unknown-run', message: 'There is no run older.' }));
    await openPanel(address);
    expect(await screen.findByText('There is no run older.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Compare anyway' })).toBeNull();
  });

  it('waits with a word, and lists a hundred of very many changes at first', async () => {
    let tell = (_: ReturnType<typeof makeDiff>) => {};
    host.answer('runs', 'diff', () => new Promise((resolve) => (tell = resolve)));
    const { user } = await openPanel(address);
    expect(await screen.findByText('Comparing')).toBeTruthy();
    await waitFor(() => expect(host.inputsOf('runs.diff')).toHaveLength(1));
    tell(makeDiff('older', 'newer', { changes: Array.from({ length: 150 }, () => makeChange('new-log')) }));
    expect(await screen.findByText('150 changes')).toBeTruthy();
    const listed = () => document.querySelectorAll('[data-change]').length;
    expect(listed()).toBe(100);
    await user.click(screen.getByText('Show 50 more'));
    expect(listed()).toBe(150);
  });

  it('swaps the two', async () => {
    const { user, address: where } = await openPanel(address);
    await screen.findByText('Nothing that counts differs between the two.');
    await user.keyboard('s');
    await waitFor(() => expect(where()).toBe('/runs/compare?before=newer&after=older'));
  });

  it('asks for two runs where the address names fewer', async () => {
    await openPanel('/runs/compare?before=older');
    expect(await screen.findByText('Two runs are needed')).toBeTruthy();
    expect(host.inputsOf('runs.diff')).toEqual([]);
  });
});
