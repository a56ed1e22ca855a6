// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuseAsDown } from '../../test-host/refuse';
import { host } from '../../test-host/test-page';
import { rank } from './find-in-telemetry';

withScriptedHost();

const thousands = Array.from({ length: 10_000 }, (_, number) => `svc-${number}`);

describe('what is typed', () => {
  it('finds services, operations, metrics and saved searches, each under its kind, and opens one', async () => {
    host.answer('completion', 'spanValues', ({ tag, contains }) => {
      const all = tag === 'name' ? ['POST /pay', '<img src=x> pay \u202e'] : [...thousands, 'payments'];
      return { values: all.filter((name) => name.includes(contains)).slice(0, 2000), more: false, type: 'string' };
    });
    host.answer('completion', 'logValues', refuseAsDown);
    host.answer('metrics', 'names', () => [{ name: 'payment_total', type: 'counter', unit: '', help: 'All payments' }]);
    host.answer('searches', 'list', () => ({
      saved: [{ name: 'failed pay', page: 'traces' as const, query: '{ status = error }', at: 1 }],
      past: [],
    }));
    const panel = await openPanel('/settings');
    await screen.findByText('No problems');
    await panel.user.keyboard('{Control>}k{/Control}');
    const dialog = within(await screen.findByRole('dialog', { name: 'Command palette' }));
    await panel.user.keyboard('pay');
    expect(await dialog.findByRole('option', { name: /^payments/ })).toBeTruthy();
    expect(await dialog.findByRole('option', { name: /^POST \/pay/ })).toBeTruthy();
    expect(await dialog.findByRole('option', { name: /payment_total.*All payments/ })).toBeTruthy();
    expect(dialog.getByText('Services')).toBeTruthy();
    expect(dialog.getByText(/<img src=x> pay ‹U\+202E›/)).toBeTruthy();
    await panel.user.click(await dialog.findByRole('option', { name: /^failed pay/ }));
    await waitFor(() => expect(panel.address()).toContain('/traces?q='));
  });
});

describe('what is looked for', () => {
  const everywhere = (answer: () => never | Promise<never>) => {
    host.answer('completion', 'spanValues', answer);
    host.answer('completion', 'logValues', answer);
    host.answer('metrics', 'names', answer);
    host.answer('traces', 'search', answer);
    host.answer('errors', 'list', answer);
    host.answer('runs', 'list', answer);
    host.answer('sessions', 'list', answer);
    host.answer('searches', 'list', answer);
  };
  const type = async (text: string) => {
    const { user } = await openPanel('/settings');
    await screen.findByText('No problems');
    await user.keyboard('{Control>}k{/Control}');
    await screen.findByRole('dialog', { name: 'Command palette' });
    await user.keyboard(text);
  };

  it('is waited for with a word, and not called nothing meanwhile', async () => {
    everywhere(() => new Promise<never>(() => {}));
    await type('zzzz');
    expect(await screen.findByText('Looking')).toBeTruthy();
    await waitFor(() => expect(host.inputsOf('errors.list')).toHaveLength(1));
    expect(screen.queryByText('Nothing of that name')).toBeNull();
  });

  it('says what could not be asked, beside what is found and where nothing is', async () => {
    everywhere(refuseAsDown);
    host.answer('searches', 'list', () => ({ saved: [], past: [] }));
    host.answer('runs', 'list', () => ({ runs: [] }));
    await type('zzzz');
    expect(await screen.findByText('Nothing of that name')).toBeTruthy();
    expect(screen.getByText(/^Could not be asked: .*Metrics, Recent traces, Errors, Agent sessions$/)).toBeTruthy();
  });
});

describe('what is found after it was typed', () => {
  const chosen = () => document.querySelector('[cmdk-item][aria-selected=true]')?.textContent;

  /** Types `endpoint`, a keyword of commands as well, and lets `endpoints-api` be found when told to. */
  async function typeBefore(): Promise<{ user: Awaited<ReturnType<typeof openPanel>>['user']; find: () => void }> {
    let find = () => {};
    const found = new Promise<void>((resolve) => {
      find = resolve;
    });
    host.answer('completion', 'spanValues', async ({ tag }) => {
      await found;
      return { values: tag === 'name' ? [] : ['endpoints-api'], more: false, type: 'string' };
    });
    host.answer('completion', 'logValues', refuseAsDown);
    host.answer('metrics', 'names', () => []);
    host.answer('searches', 'list', () => ({ saved: [], past: [] }));
    const { user } = await openPanel('/settings');
    await screen.findByText('No problems');
    await user.keyboard('{Control>}k{/Control}');
    await screen.findByRole('dialog', { name: 'Command palette' });
    await user.keyboard('endpoint');
    await waitFor(() => expect(chosen()).toBeTruthy());
    return { user, find };
  }

  it('is what Enter means, where it stands first', async () => {
    const { find } = await typeBefore();
    find();
    await screen.findByRole('option', { name: /^endpoints-api/ });
    await waitFor(() => expect(chosen()).toMatch(/^endpoints-api/));
    expect(document.querySelector('[cmdk-item]')?.textContent).toBe(chosen());
  });

  it('takes the choice from nobody who moved', async () => {
    const { user, find } = await typeBefore();
    await user.keyboard('{ArrowDown}{ArrowUp}');
    const before = chosen();
    find();
    await screen.findByRole('option', { name: /^endpoints-api/ });
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    expect(chosen()).toBe(before);
  });
});

describe('of many names', () => {
  it('those come first that begin so, then those of which a word does, and few are shown', () => {
    expect(rank(['repay', 'x-pay', 'pay-late', 'pay'], 'PAY', (name) => name)).toEqual([
      'pay',
      'pay-late',
      'x-pay',
      'repay',
    ]);
    expect(rank(thousands, 'svc', (name) => name)).toHaveLength(6);
  });
});
