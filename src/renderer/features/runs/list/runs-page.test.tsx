// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../../../shared/runs/run';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import { makeRun, makeRunning } from '../../../test-host/run-data';
import type { ScriptedFeed } from '../../../test-host/scripted-feed';
import { someTime } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

let feed: ScriptedFeed<{ runs: Run[] }>;
const older = makeRun('older', { startedAt: someTime - 60_000 });
const newer = makeRun('newer', {
  name: 'web',
  command: ['npm', 'run', 'web tests'],
  pinned: true,
  label: 'with index',
});

beforeEach(() => {
  feed = host.feed('runs', 'feed');
  host.answer('host', 'command', () => 'npx watchtower');
});

const open = async (runs: Run[], address = '/runs') => {
  const panel = await openPanel(address);
  await waitFor(() => expect(feed.listening).toBe(1));
  feed.push({ runs });
  return panel;
};
const shown = () =>
  within(screen.getByTestId('run-list'))
    .getAllByRole('link')
    .map((row) => row.getAttribute('data-run'));
/** As many as the feed tells. */
const many = Array.from({ length: 200 }, (_, index) =>
  makeRun(
    index
      .toString(16)
      .replace(/[^a-f]/g, (digit) => 'ghijklmnop'[Number(digit)]!)
      .padStart(8, 'z'),
    { startedAt: someTime - index * 1000 },
  ),
);
const row = (id: string) =>
  screen.getByTestId('run-list').querySelector<HTMLElement>(`[data-run="${id}"]`)!.closest('li')!;

describe('the list of runs', () => {
  it('teaches how to begin where there is none, with the command of this machine to copy', async () => {
    const { user, copied } = await open([]);
    await user.click(await screen.findByRole('button', { name: 'Copy: copy the command' }));
    expect(copied()).toBe('npx watchtower run -- npm test');
  });

  it('shows of each what ran, its revision, how it ended, and what came of it', async () => {
    const bad = makeRun('older', {
      exitCode: 3,
      revision: { commit: 'deadbeefcafe', branch: 'fix', repository: 'shop', dirty: true },
      outcome: { traces: 1, spans: 2, errors: 7, findings: 4, verdict: 'worse' },
    });
    await open([newer, bad]);
    await screen.findByText('web');
    expect(row(newer.id).textContent).toContain("npm run 'web tests'");
    expect(within(row(newer.id)).getByText('with index')).toBeTruthy();
    expect(within(row(newer.id)).getByLabelText('pinned')).toBeTruthy();
    for (const text of ['fix', 'deadbeef', 'changed files', 'exit 3', 'worse', '7', '4', '12 s']) {
      expect(within(row(bad.id)).getByText(text), text).toBeTruthy();
    }
  });

  it('follows what runs, and what becomes of it', async () => {
    await open([makeRunning('newer', { startedAt: Date.now() - 5000 }), older]);
    await waitFor(() => expect(within(row(newer.id)).getByText('running')).toBeTruthy());
    feed.push({ runs: [makeRun('newer', { exitCode: null, signal: 'SIGTERM' }), older] });
    expect(await screen.findByText('SIGTERM')).toBeTruthy();
    expect(within(row(newer.id)).queryByText('running')).toBeNull();
  });

  it('holds still while the reader is at it, renews its rows, and counts what came', async () => {
    const { user } = await open([older]);
    await screen.findByText('shop');
    await user.pointer({ target: row(older.id), coords: { clientX: 50, clientY: 50 } });
    await user.pointer({ target: row(older.id), coords: { clientX: 51, clientY: 51 } });
    feed.push({ runs: [newer, { ...older, label: 'slow' }] });
    expect(await screen.findByText('slow')).toBeTruthy();
    expect(shown()).toEqual([older.id]);
    await user.click(screen.getByRole('button', { name: '1 new' }));
    expect(shown()).toEqual([newer.id, older.id]);
  });

  it('finds runs by words of their name, label, command and branch', async () => {
    const { user, address } = await open([newer, older]);
    await screen.findByText('web');
    await user.type(screen.getByRole('searchbox', { name: 'Find runs' }), 'index web');
    await waitFor(() => expect(shown()).toEqual([newer.id]));
    expect(screen.getByTestId('run-count').textContent).toBe('1 of 2 runs');
    expect(address()).toContain('text=index');
    await user.type(screen.getByRole('searchbox', { name: 'Find runs' }), 'x');
    await user.click(await screen.findByRole('button', { name: 'Clear the search' }));
    await waitFor(() => expect(shown()).toHaveLength(2));
  });

  it('is walked by keys, opens what is selected and compares two, the earlier one first', async () => {
    const { user, address } = await open([newer, older]);
    await screen.findByText('web');
    await user.keyboard('jxjxc');
    await waitFor(() => expect(address()).toBe(`/runs/compare?before=${older.id}&after=${newer.id}`));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(feed.listening).toBe(1));
    feed.push({ runs: [newer, older] });
    await screen.findByText('web');
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await waitFor(() => expect(address()).toBe(`/runs/${older.id}`));
  });

  it('asks for two runs where fewer are chosen', async () => {
    const { user, address } = await open([newer, older]);
    await screen.findByText('web');
    await user.click(screen.getAllByRole('checkbox')[0]!);
    expect(screen.getByText('Choose one more')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Compare' }));
    expect(await screen.findByText('Choose two runs to compare')).toBeTruthy();
    expect(address()).toBe('/runs');
  });

  it('labels, pins, and deletes after asking', async () => {
    host.answer('runs', 'label', ({ label }) => ({ ...older, label }));
    host.answer('runs', 'pin', ({ pinned }) => ({ ...older, pinned }));
    host.answer('runs', 'delete', ({ ref }) => ({ deleted: ref }));
    const { user } = await open([older]);
    await screen.findByText('shop');
    await user.click(screen.getByRole('button', { name: 'Label shop' }));
    await user.type(await screen.findByRole('textbox', { name: 'Label' }), 'before{Enter}');
    await waitFor(() => expect(host.inputsOf('runs.label')).toEqual([{ ref: older.id, label: 'before' }]));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Keep shop' }));
    await waitFor(() => expect(host.inputsOf('runs.pin')).toEqual([{ ref: older.id, pinned: true }]));
    await user.click(screen.getByRole('button', { name: 'Delete shop' }));
    await user.click(await screen.findByRole('button', { name: 'Keep it' }));
    expect(host.inputsOf('runs.delete')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Delete shop' }));
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(host.inputsOf('runs.delete')).toEqual([{ ref: older.id }]));
  });

  it('says why a run was not deleted, and does not offer it of one that runs', async () => {
    host.answer('runs', 'delete', refuse('RUN', { message: 'There is no run of that name.', hint: 'List them.' }));
    const running = makeRunning('newer', { startedAt: Date.now() });
    const { user } = await open([running, older]);
    await waitFor(() => expect(within(row(running.id)).getByText('running')).toBeTruthy());
    await user.click(within(row(older.id)).getByRole('button', { name: 'Delete shop' }));
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('There is no run of that name.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Keep it' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(within(row(running.id)).getByRole('button', { name: 'Delete shop' }));
    expect((await screen.findByRole('button', { name: 'Delete' })).hasAttribute('disabled')).toBe(true);
  });

  it('waits with a word', async () => {
    await openPanel('/runs');
    expect(await screen.findByText('Loading the runs')).toBeTruthy();
  });

  it('keeps in the page only the rows in sight of very many', async () => {
    const letters = (index: number) => String(index).replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!);
    await open(Array.from({ length: 200 }, (_, index) => makeRun(`r${letters(index)}`)));
    await waitFor(() => expect(screen.getByTestId('run-count').textContent).toMatch(/^200 runs/));
    expect(document.querySelectorAll('[data-run]').length).toBeLessThan(60);
  });

  it('asks for older runs than the feed tells, and has each once', async () => {
    const old = makeRun('ancient', { name: 'ancient', startedAt: someTime - 1e9 });
    host.answer('runs', 'list', () => ({ runs: [...many, old] }));
    const { user } = await open(many);
    await user.click(await screen.findByRole('button', { name: 'Load older runs' }));
    await waitFor(() => expect(screen.getByTestId('run-count').textContent).toBe('201 runs'));
    expect(screen.queryByRole('button', { name: 'Load older runs' })).toBeNull();
  });

  it('says why the list was refused, in place of teaching how to begin', async () => {
    host.answer(
      'runs',
      'feed',
      refuse('RUN', { message: 'Runs are not told here.', hint: 'Ask the host of this home.' }),
    );
    await openPanel('/runs');
    expect(await screen.findByText('Runs are not told here.')).toBeTruthy();
    expect(screen.queryByText('Loading the runs')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Copy: copy the command' })).toBeNull();
    expect(screen.getByTestId('run-count').textContent).toBe('');
  });

  it('says why older runs did not come, below those that are here', async () => {
    host.answer('runs', 'list', refuse('UNAVAILABLE', { message: 'The store is closed.', hint: 'Restart it.' }));
    const { user } = await open(many);
    await user.click(await screen.findByRole('button', { name: 'Load older runs' }));
    expect(await screen.findByText('The store is closed.')).toBeTruthy();
    expect(screen.getByTestId('run-count').textContent).toBe('200 runs');
    expect(screen.getByRole('button', { name: 'Load older runs' })).toBeTruthy();
  });

  it('shows names that would hide or turn text as they are', async () => {
    await open([makeRun('newer', { name: 'a\u202eb', command: ['\u001b[31mred'], label: 'x\u200by' })]);
    expect(await screen.findByText('a‹U+202E›b')).toBeTruthy();
    expect(screen.getByText('x‹U+200B›y')).toBeTruthy();
  });
});
