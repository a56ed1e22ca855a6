// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CostReport, SessionList, SessionSummary } from '../../../../shared/sessions/session';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import type { ScriptedFeed } from '../../../test-host/scripted-feed';
import { makeSession, makeSessionList } from '../../../test-host/session-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

let feed: ScriptedFeed<SessionList>;
const zero = { input: 0, output: 0, cacheRead: 0, cacheCreation: 0 };
const report = (input: { by?: CostReport['by'] }): CostReport => {
  const cost = { reportedUsd: 1.25, estimatedUsd: 0.5, unpriced: ['gpt-9'] };
  const tokens = { ...zero, input: 12_000 };
  const row = { key: 'k', label: `by ${input.by}`, sessions: 1, calls: 2, tokens, cost };
  return {
    ...{ by: input.by ?? 'session', from: 1, to: 2, total: { sessions: 1, calls: 2, tokens, cost }, rows: [row] },
    prices: { asOf: '2026-07-24', source: 'list prices', path: '/prices.json' },
    leftOut: [],
  };
};

beforeEach(() => {
  feed = host.feed('sessions', 'feed');
  host.answer('sessions', 'cost', (input) => report(input));
  host.answer('host', 'command', () => 'npx watchtower');
});

const codex = makeSession('codex-1', {
  ...{ agent: 'codex', agentTitle: 'Codex', service: 'codex-cli', repository: 'billing', title: 'Make it faster' },
  ...{ cost: { reportedUsd: null, estimatedUsd: 0.034, unpriced: [] }, lastAt: Date.UTC(2026, 10, 1) },
});
const claude = makeSession('claude-1', { state: 'active', failedTools: 3, errors: 1, lastAt: Date.UTC(2026, 9, 1) });

async function open(sessions: SessionSummary[], address = '/sessions', more: Partial<SessionList> = {}) {
  const panel = await openPanel(address);
  await waitFor(() => expect(feed.listening).toBe(1));
  feed.push(makeSessionList(sessions, more));
  return panel;
}
const shown = () =>
  within(screen.getByTestId('session-list'))
    .getAllByRole('link')
    .map((row) => row.getAttribute('data-session'));
const row = (id: string) =>
  within(screen.getByTestId('session-list').querySelector<HTMLElement>(`[data-session="${id}"]`)!);

describe('the list of sessions', () => {
  it('teaches how each agent tells of itself where none has, with the commands of this machine', async () => {
    const { user, copied } = await open([]);
    expect(await screen.findByText('No agent has told of itself yet')).toBeTruthy();
    await user.click(await screen.findByRole('button', { name: 'Copy: copy the command for Claude Code' }));
    expect(copied()).toBe('npx watchtower agent telemetry on claude');
    expect(screen.getByText('Gemini CLI')).toBeTruthy();
  });

  it('has those at work first, and says of each what it did and what it cost', async () => {
    await open([codex, claude]);
    await screen.findByTestId('session-list');
    expect(shown()).toEqual(['claude-1', 'codex-1']);
    expect(row('claude-1').getByText('at work')).toBeTruthy();
    expect(row('claude-1').getByTitle(/3 tool calls and 1 model calls failed/).textContent).toBe('4');
    expect(row('claude-1').getByText('$1.25')).toBeTruthy();
    expect(row('claude-1').queryByText('estimate')).toBeNull();
    for (const text of ['Make it faster', 'Codex 2.3.1', 'billing', '10.0k', '$0.034', 'estimate']) {
      expect(row('codex-1').getByText(text), text).toBeTruthy();
    }
  });

  it('says where a cost is not known', async () => {
    const unpriced = makeSession('x', { cost: { reportedUsd: null, estimatedUsd: null, unpriced: ['gpt-9'] } });
    const part = makeSession('y', { cost: { reportedUsd: 1, estimatedUsd: 0.5, unpriced: ['gpt-9'] } });
    await open([unpriced, part]);
    await screen.findByTestId('session-list');
    expect(row('x').getByTitle('without gpt-9: no price is known').textContent).toBe('no price');
    expect(row('y').getByTitle(/1\.00 as reported; \$0\.50 by the price table; without gpt-9/).textContent).toBe(
      '$1.50 +?part estimate',
    );
  });

  it('sums up the time that it is about, in groups that are chosen', async () => {
    const { user } = await open([claude]);
    const used = within(await screen.findByRole('region', { name: 'Used in this time' }));
    expect(await used.findByText('by model')).toBeTruthy();
    await user.click(used.getByRole('tab', { name: 'Repository' }));
    expect(await used.findByText('by repo')).toBeTruthy();
    expect(used.getByText(/prices of 2026-07-24/)).toBeTruthy();
  });

  it('follows what happens, and holds still while the reader is at it', async () => {
    const { user } = await open([codex]);
    await screen.findByTestId('session-list');
    const line = screen.getByTestId('session-list').querySelector<HTMLElement>('[data-session]')!;
    await user.pointer({ target: line, coords: { clientX: 50, clientY: 50 } });
    await user.pointer({ target: line, coords: { clientX: 51, clientY: 51 } });
    feed.push(makeSessionList([claude, { ...codex, title: 'Renewed' }]));
    expect(await row('codex-1').findByText('Renewed')).toBeTruthy();
    expect(shown()).toEqual(['codex-1']);
    await user.click(screen.getByRole('button', { name: '1 new' }));
    await waitFor(() => expect(shown()).toEqual(['claude-1', 'codex-1']));
  });

  it('finds sessions by their words, and looks further back', async () => {
    const { user, address } = await open([codex, claude]);
    await screen.findByTestId('session-list');
    await user.type(screen.getByRole('searchbox', { name: 'Find sessions' }), 'billing codex');
    await waitFor(() => expect(shown()).toEqual(['codex-1']));
    expect(screen.getByTestId('session-count').textContent).toBe('1 of 2 sessions');
    await user.type(screen.getByRole('searchbox', { name: 'Find sessions' }), 'x');
    await user.click(await screen.findByRole('button', { name: 'Clear the search' }));
    await user.click(screen.getByRole('combobox', { name: 'How far back' }));
    await user.click(await screen.findByRole('option', { name: 'Last 7 days' }));
    await waitFor(() => expect(feed.opened.at(-1)).toEqual({ forMs: 7 * 86_400_000, limit: 200 }));
    expect(address()).toContain('days=');
  });

  it('is walked by keys, and opens what is selected', async () => {
    const { user, address } = await open([codex, claude]);
    await screen.findByTestId('session-list');
    await user.keyboard('jj{Enter}');
    await waitFor(() => expect(address()).toBe('/sessions/codex-1'));
  });

  it('says what it could not tell, and why it was refused', async () => {
    await open([claude], '/sessions', { leftOut: ['Log lines could not be read.'] });
    expect(await screen.findByText('Log lines could not be read.')).toBeTruthy();
  });

  it('says why it was refused', async () => {
    host.answer('sessions', 'feed', refuse('QUERY', { message: 'The backend has no logs.', hint: 'Switch it.' }));
    await openPanel('/sessions');
    expect(await screen.findByText('The backend has no logs.')).toBeTruthy();
  });

  it('waits for the first answer with a word', async () => {
    await openPanel('/sessions');
    expect(await screen.findByText('Loading the sessions')).toBeTruthy();
  });

  it('keeps in the page only the rows in sight of very many, and says that it has the last', async () => {
    await open(Array.from({ length: 200 }, (_, index) => makeSession(`s-${index}`)));
    expect(await screen.findByText('200 sessions, the last')).toBeTruthy();
    expect(shown().length).toBeLessThan(60);
  });

  it('shows names that would hide or turn text as they are', async () => {
    await open([makeSession('z', { title: 'a\u202eb', agentTitle: '\u001b[31mred' })]);
    expect(await screen.findByText('a‹U+202E›b')).toBeTruthy();
    expect(screen.getByText('red 2.3.1')).toBeTruthy();
  });
});
