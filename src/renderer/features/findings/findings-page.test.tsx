// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuseAsDown } from '../../test-host/refuse';
import { makeFinding } from '../../test-host/run-data';
import { host } from '../../test-host/test-page';

withScriptedHost();

describe('the findings', () => {
  it('of the window are shown, problems before hints, and what was not looked at is said', async () => {
    host.answer('runs', 'findings', () => ({
      findings: [
        makeFinding({ severity: 'hint', rule: 'slow-start', fingerprint: '1'.repeat(16) }),
        makeFinding({ fingerprint: '2'.repeat(16), traces: 1 }),
        makeFinding({ fingerprint: '3'.repeat(16), rule: 'retry-storm', occurrences: 9 }),
      ],
      leftOut: ['200 older traces.'],
    }));
    await openPanel('/findings?from=1000&to=2000');
    expect(await screen.findByText('2 problems, 1 hint')).toBeTruthy();
    const lists = screen.getAllByRole('list', { name: 'Findings' });
    const rules = lists.map((list) =>
      within(list)
        .getAllByRole('listitem')
        .map(({ dataset }) => dataset.finding),
    );
    expect(rules).toEqual([['retry-storm', 'n-plus-one-queries'], ['slow-start']]);
    expect(screen.getByText('200 older traces.')).toBeTruthy();
    expect(host.inputsOf('runs.findings')).toEqual([{ window: { from: 1000, to: 2000 } }]);
  });

  it('are stepped through by keys, and Enter opens the evidence of the one that has the focus', async () => {
    const evidence = makeFinding().evidence[0]!;
    host.answer('runs', 'findings', () => ({
      findings: [
        makeFinding({ fingerprint: '1'.repeat(16) }),
        makeFinding({
          fingerprint: '2'.repeat(16),
          severity: 'hint',
          evidence: [{ ...evidence, traceId: 'a'.repeat(32) }],
        }),
      ],
      leftOut: [],
    }));
    const { user, address } = await openPanel('/findings');
    const rows = await screen.findAllByRole('listitem');
    const [problem, hint] = rows.filter(({ dataset }) => dataset.finding);
    await user.keyboard('j');
    expect(document.activeElement).toBe(problem);
    await user.keyboard('jj');
    expect(document.activeElement).toBe(hint);
    await user.keyboard('kj{Enter}');
    await waitFor(() => expect(address()).toContain(`/traces/${'a'.repeat(32)}`));
  });

  it('are none: the page says what rules look for', async () => {
    host.answer('runs', 'findings', () => ({ findings: [], leftOut: [] }));
    await openPanel('/findings');
    expect(await screen.findByText('Nothing found in this window')).toBeTruthy();
  });

  it('are waited for with a word', async () => {
    await openPanel('/findings');
    expect(await screen.findByText('Looking')).toBeTruthy();
  });

  it('are a hundred at first where there are very many', async () => {
    const findings = Array.from({ length: 130 }, (_, index) => makeFinding({ fingerprint: String(index) }));
    host.answer('runs', 'findings', () => ({ findings, leftOut: [] }));
    const { user } = await openPanel('/findings');
    expect(await screen.findByText('130 problems, 0 hints')).toBeTruthy();
    const items = () => document.querySelectorAll('[data-finding]').length;
    expect(items()).toBe(100);
    await user.click(screen.getByText('Show 30 more'));
    expect(items()).toBe(130);
  });

  it('cannot be told while the backend is down', async () => {
    host.answer('runs', 'findings', refuseAsDown);
    await openPanel('/findings');
    expect(await screen.findByText('It does not answer.')).toBeTruthy();
  });

  it('show hostile text of telemetry as text', async () => {
    host.answer('runs', 'findings', () => ({
      findings: [makeFinding({ sentence: '<b>x</b> \u202e\u001b[31mred', advice: 'a\u200bb' })],
      leftOut: [],
    }));
    await openPanel('/findings');
    expect(await screen.findByText('<b>x</b> ‹U+202E›red')).toBeTruthy();
    expect(screen.getByText('a‹U+200B›b')).toBeTruthy();
  });

  it('lead to what their rule looks for', async () => {
    host.answer('runs', 'findings', () => ({ findings: [makeFinding()], leftOut: [] }));
    const { user } = await openPanel('/findings');
    await user.click(await screen.findByRole('button', { name: 'N+1 queries' }));
    expect(await screen.findByText(/One query again and again below one span/)).toBeTruthy();
    expect(screen.getByText('Meant so')).toBeTruthy();
    expect(screen.getByText('docs/findings.md#n-plus-one-queries')).toBeTruthy();
  });
});
