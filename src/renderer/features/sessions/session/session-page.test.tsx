// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionDetail } from '../../../../shared/sessions/session';
import type { SessionEntry } from '../../../../shared/sessions/session-entry';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import type { ScriptedFeed } from '../../../test-host/scripted-feed';
import { makeDetail, makeEntry, makeSession, makeSessionRun } from '../../../test-host/session-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

let feed: ScriptedFeed<SessionDetail>;
const session = makeSession('s-1', { title: 'Fix the cart' });
const story: SessionEntry[] = [
  makeEntry('prompt', 'p1', 0, { text: 'Fix the **cart**' }),
  makeEntry('model-call', 'm1', 1000, { attempt: 2 }),
  makeEntry('tool-call', 't1', 3000, {
    callId: 'c1',
    decision: { decision: 'accept', source: 'user', waitedMs: 4000 },
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
  }),
  makeEntry('tool-call', 't2', 9000, { ok: false, error: 'exit 1: 3 failed', result: null }),
  makeEntry('tool-call', 't3', 12_000, { repeats: 't1' }),
  makeEntry('subagent', 'g1', 14_000, { subagent: 'reviewer-1' }),
  makeEntry('tool-call', 't4', 15_000, { tool: 'Read', subagent: 'reviewer-1', arguments: null, result: null }),
  makeEntry('error', 'e1', 16_000),
  makeEntry('compaction', 'k1', 17_000),
  makeEntry('response', 'r1', 18_000, { text: null, length: 420 }),
];
const runs = [makeSessionRun('abcdefgh', { entry: 't1' })];

beforeEach(() => {
  feed = host.feed('sessions', 'watch');
  host.answer('runs', 'get', ({ ref }) => makeSessionRun(ref).run);
});

async function open(detail: SessionDetail, address = '/sessions/s-1') {
  const panel = await openPanel(address);
  await waitFor(() => expect(feed.listening).toBe(1));
  feed.push(detail);
  return panel;
}
const line = (id: string) => within(document.querySelector<HTMLElement>(`[data-entry="${id}"]`)!);
const lines = () => [...document.querySelectorAll('[data-entry]')].map((each) => each.getAttribute('data-entry'));

describe('the time line of a session', () => {
  it('tells prompts, calls, tools, subagents, errors and compactions in their order, a run with the call that started it', async () => {
    await open(makeDetail(session, story, { runs }));
    await screen.findByTestId('timeline');
    expect(lines()).toEqual(['p1', 'm1', 't1', 'run abcdefgh', 't2', 't3', 'g1', 't4', 'e1', 'k1', 'r1']);
    expect(line('t1').getByText('waited 4 s')).toBeTruthy();
    expect(line('m1').getByText('attempt 2')).toBeTruthy();
    expect(line('t2').getByText('exit 1: 3 failed')).toBeTruthy();
    expect(line('t3').getByText('same as before')).toBeTruthy();
    expect(line('k1').getByText('150k tokens became 20.0k (auto)')).toBeTruthy();
    expect(line('r1').getByText('420 characters, its text is not told')).toBeTruthy();
    const run = within(line('run abcdefgh').getByRole('article', { name: 'Run shop' }));
    expect(run.getByText('GET /cart asks 40 queries, before 3.')).toBeTruthy();
    expect(run.getByText('worse')).toBeTruthy();
    expect(run.getByRole('link', { name: '3 changes, 2 worse' }).getAttribute('href')).toContain(
      '/runs/compare?before=earlier&after=abcdefgh',
    );
  });

  it('opens an entry with what it was given and answered, its decision and the way to its span, in the address', async () => {
    const { user, address } = await open(makeDetail(session, story));
    await screen.findByTestId('timeline');
    await user.click(line('t1').getByRole('button', { expanded: false }));
    await waitFor(() => expect(address()).toContain('entry=t1'));
    expect(line('t1').getByRole('region', { name: 'Arguments' }).textContent).toContain('command: npm test');
    expect(line('t1').getByText('accept by user after 4 s')).toBeTruthy();
    expect(line('t1').getByRole('link', { name: 'aaaaaaaa' }).getAttribute('href')).toBe(
      `/traces/${'a'.repeat(32)}?span=${'b'.repeat(16)}`,
    );
    await user.keyboard('{Escape}');
    await waitFor(() => expect(address()).toBe('/sessions/s-1'));
  });

  it('goes from a call that asked again to the one that asked first', async () => {
    const { user, address } = await open(makeDetail(session, story), '/sessions/s-1?entry=t3');
    await user.click(await screen.findByRole('button', { name: /with the same arguments/ }));
    await waitFor(() => expect(address()).toContain('entry=t1'));
  });

  it('says what is not told because content is off', async () => {
    await open(makeDetail(session, story), '/sessions/s-1?entry=t4');
    expect(await screen.findByText('Its arguments are not told.')).toBeTruthy();
  });

  it('shows trouble alone, and finds texts', async () => {
    const { user } = await open(makeDetail(session, story));
    await screen.findByTestId('timeline');
    await user.click(screen.getByRole('tab', { name: 'Trouble' }));
    await waitFor(() => expect(lines()).toEqual(['t2', 't3', 'e1', 'k1']));
    await user.click(screen.getByRole('tab', { name: 'All' }));
    await user.type(screen.getByRole('searchbox', { name: 'Search in the session' }), 'CART');
    await waitFor(() => expect(lines()).toEqual(['p1']));
    expect(screen.getByTestId('entry-count').textContent).toBe('1 of 10 entries');
  });

  it('is walked by keys', async () => {
    const { user, address } = await open(makeDetail(session, story));
    await screen.findByTestId('timeline');
    await user.keyboard('jj{Enter}');
    await waitFor(() => expect(address()).toContain('entry=m1'));
    await user.keyboard('{Escape}{Escape}');
    await waitFor(() => expect(address()).toBe('/sessions'));
  });

  it('grows while the agent works', async () => {
    await open(makeDetail({ ...session, state: 'active' }, story.slice(0, 2)));
    expect(await screen.findByText('at work')).toBeTruthy();
    feed.push(makeDetail({ ...session, state: 'ended' }, story));
    await waitFor(() => expect(lines()).toContain('r1'));
    expect(screen.queryByText('at work')).toBeNull();
  });
});

describe('a session of very many entries', () => {
  const all = Array.from({ length: 10_000 }, (_, index) => makeEntry('note', `n${index}`, index * 100));

  it('asks for those that the feed left out, and has only what is in sight in the page', async () => {
    host.answer('sessions', 'show', ({ offset = 0, limit = 500 }) =>
      makeDetail(session, [], { timeline: { total: all.length, offset, entries: all.slice(offset, offset + limit) } }),
    );
    await open(makeDetail(session, [], { timeline: { total: all.length, offset: 8000, entries: all.slice(8000) } }));
    await waitFor(() => expect(screen.getByTestId('entry-count').textContent).toBe('10,000 entries'));
    expect(host.inputsOf('sessions.show')).toEqual(
      [0, 2000, 4000, 6000].map((offset) => ({ ref: 's-1', offset, limit: 2000 })),
    );
    expect(lines().length).toBeLessThan(100);
    expect(lines()[0]).toBe('n0');
  });

  it('says why earlier ones did not come, and asks again', async () => {
    host.answer('sessions', 'show', refuse('UNAVAILABLE', { message: 'It does not answer.' }));
    const { user } = await open(
      makeDetail(session, [], { timeline: { total: 10, offset: 8, entries: all.slice(8, 10) } }),
    );
    expect(await screen.findByText('It does not answer.')).toBeTruthy();
    host.answer('sessions', 'show', () =>
      makeDetail(session, [], { timeline: { total: 10, offset: 0, entries: all.slice(0, 8) } }),
    );
    await user.click(screen.getByRole('button', { name: 'Ask again' }));
    await waitFor(() => expect(screen.getByTestId('entry-count').textContent).toBe('10 entries'));
  });
});

it('tells what the session was, used and waited for', async () => {
  await open(makeDetail(session, story));
  expect(await screen.findByRole('heading', { level: 1, name: /Fix the cart/ })).toBeTruthy();
  const facts = [...document.querySelectorAll('dl > div')].map(({ textContent }) => textContent);
  for (const fact of [
    'Repositoryshop',
    'Model calls5, 1 failed, 1 tried again',
    'Tools7, 1 failed, 1 asked again for the same',
    'Waited for the person1 × · 4 s',
    'Cost$1.25',
  ]) {
    expect(facts).toContain(fact);
  }
});

it('shows tokens and cost by model and over time, and the tools', async () => {
  await open(makeDetail(session, story), '/sessions/s-1?part=usage');
  const model = within((await screen.findByText('claude-opus-5')).closest('tr')!);
  expect(model.getAllByRole('cell').map(({ textContent }) => textContent)).toEqual([
    'claude-opus-5',
    '5',
    '1,000',
    '8,000',
    '500',
    '500',
    '$1.25',
  ]);
  expect(screen.getByRole('img', { name: 'Tokens over time' })).toBeTruthy();
  const tool = within(screen.getByText('Bash').closest('tr')!);
  expect(tool.getAllByRole('cell').map(({ textContent }) => textContent)).toEqual(['Bash', '7', '1', '1', '9 s']);
});

it('lists its runs, and says what stands there where there is none', async () => {
  const { user } = await open(makeDetail(session, story, { runs }), '/sessions/s-1?part=runs');
  expect(await screen.findByRole('article', { name: 'Run shop' })).toBeTruthy();
  feed.push(makeDetail(session, story));
  expect(await screen.findByText(/No run was started from this session/)).toBeTruthy();
  await user.click(screen.getByRole('tab', { name: 'Time line' }));
  expect(await screen.findByTestId('timeline')).toBeTruthy();
});

it('says where its numbers do not agree, and what is left out', async () => {
  const differs = { ...session, differences: ['The metrics say 12 tokens more than the events.'] };
  await open(makeDetail(differs, story, { leftOut: ['Spans older than 3 days are gone.'] }));
  expect(await screen.findByText('The metrics say 12 tokens more than the events.')).toBeTruthy();
  expect(screen.getByText('Spans older than 3 days are gone.')).toBeTruthy();
});

it('is copied for an agent', async () => {
  const { user, copied } = await open(makeDetail(session, story, { runs }));
  await user.click(await screen.findByRole('button', { name: 'For an agent: copy the session for an agent' }));
  await waitFor(() => expect(copied()).toContain('7 tool calls (1 failed, 1 redundant)'));
  expect(copied()).toContain('- +9 s Tool Bash exit 1: 3 failed');
  expect(copied()).toContain('worse. GET /cart asks 40 queries, before 3.');
});

it('leads to its traces and log lines', async () => {
  await open(makeDetail(session, story));
  const traces = new URLSearchParams(
    (await screen.findByRole('link', { name: /Its traces/ })).getAttribute('href')!.split('?')[1],
  );
  expect(traces.get('q')).toContain('.session.id = "s-1"');
  const logs = new URLSearchParams(
    screen
      .getByRole('link', { name: /Its log lines/ })
      .getAttribute('href')!
      .split('?')[1],
  );
  expect(logs.get('q')).toBe(
    '{service_name="claude-code"} | session_id="s-1" or conversation_id="s-1" or gen_ai_conversation_id="s-1"',
  );
});

it('waits for the session with a word', async () => {
  await openPanel('/sessions/s-1');
  expect(await screen.findByText('Loading the session')).toBeTruthy();
});

it('says that a session is not here, with the way back', async () => {
  host.answer('sessions', 'watch', refuse('SESSION', { message: 'There is no session nine.', hint: 'List them.' }));
  const { user, address } = await openPanel('/sessions/nine');
  expect(await screen.findByText(/There is no session nine/)).toBeTruthy();
  await user.click(screen.getByRole('link', { name: 'All sessions' }));
  await waitFor(() => expect(address()).toBe('/sessions'));
});

it('shows hostile texts as what they are', async () => {
  const hostile = makeEntry('prompt', 'p', 0, { text: 'a\u202eb <img src=x onerror=alert(1)>' });
  await open(makeDetail(makeSession('s-1', { title: '\u001b[31mred' }), [hostile]), '/sessions/s-1?entry=p');
  expect(await screen.findByRole('heading', { level: 1, name: /red/ })).toBeTruthy();
  expect(screen.getAllByText(/a‹U\+202E›b <img src=x onerror=alert\(1\)>/).length).toBeGreaterThan(0);
  expect(document.querySelectorAll('[data-testid=timeline] img')).toHaveLength(0);
});
