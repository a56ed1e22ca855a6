// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LogPattern, LogPatterns } from '../../../../shared/contract/log-patterns';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import { someTime } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const window = `from=${someTime}&to=${someTime + 600_000}`;
const address = `/logs?show=patterns&${window}`;
const pattern = (text: string, count: number, fields: Partial<LogPattern> = {}): LogPattern => ({
  ...{ pattern: text, level: 'info', service: 'shop', example: text.replaceAll('<*>', '17'), count },
  samples: [[Math.floor(someTime / 1000), count]],
  ...fields,
});
let answer: LogPatterns;

beforeEach(() => {
  answer = { patterns: [], lines: 0, looked: 0, step: 15, leftOut: [] };
  host.feed('logs', 'tail');
  host.answer('logs', 'labelValues', () => ['shop']);
  host.answer('logs', 'volume', () => []);
  host.answer('logs', 'query', () => ({ records: [] }));
  host.answer('marks', 'list', () => ({ marks: [{ name: 'deploy', at: someTime + 300_000 }] }));
  host.answer('runs', 'list', () => ({ runs: [] }));
  host.answer('logs', 'patterns', () => answer);
});

const some = () => {
  answer = {
    ...answer,
    patterns: [
      pattern('order <*> saved', 900),
      pattern('payment <*> refused', 100, { level: 'error', service: 'payments' }),
    ],
    ...{ lines: 1000, looked: 1000 },
  };
};
const bodyRows = async () =>
  within(await screen.findByRole('table', { name: 'Log patterns' }))
    .getAllByRole('row')
    .slice(1);
const query = (link: string) => new URLSearchParams(link.split('?')[1]).get('q');

describe('the patterns', () => {
  it('stand with their lines and share, and are ordered by a head', async () => {
    some();
    const { user } = await openPanel(address);
    const [first] = await bodyRows();
    expect(first!.textContent).toContain('order … saved');
    expect(first!.textContent).toMatch(/900.*90\.0 %/);
    expect(screen.getByText('2 patterns in 1,000 lines')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /^Level/ }));
    expect((await bodyRows())[0]!.textContent).toContain('refused');
  });

  it('lead to their lines by keys', async () => {
    some();
    const { user, address: now } = await openPanel(address);
    await bodyRows();
    await user.keyboard('jj{Enter}');
    await waitFor(() =>
      expect(query(now())).toBe(
        '{service_name=~".+"} |> "payment <_> refused" | service_name="payments" | detected_level="error"',
      ),
    );
    expect(now()).not.toContain('show=patterns');
  });

  it('are left out by a button, and stay patterns', async () => {
    some();
    const { user, address: now } = await openPanel(address);
    const [, refused] = await bodyRows();
    await user.click(within(refused!).getByRole('button', { name: 'Leave out this pattern' }));
    await waitFor(() => expect(query(now())).toBe('{service_name=~".+"} !> "payment <_> refused"'));
    expect(now()).toContain('show=patterns');
  });

  it('are told as new, gone, more or rarer against another window, the changed ones first', async () => {
    answer = {
      ...answer,
      patterns: [
        pattern('order <*> saved', 900, { against: { count: 880, change: null, ratio: 1.02 } }),
        pattern('slot <*> lost', 40, { against: { count: 4, change: 'more', ratio: 10 } }),
        pattern('cache cold', 0, { against: { count: 30, change: 'gone', ratio: null } }),
        pattern('retry <*>', 7, { level: 'warn', against: { count: 0, change: 'new', ratio: null } }),
      ],
      ...{ lines: 947, looked: 947 },
    };
    const { user, address: now } = await openPanel(address);
    await screen.findByRole('table', { name: 'Log patterns' });
    await user.click(screen.getByRole('combobox', { name: 'Compare with' }));
    await user.click(await screen.findByRole('option', { name: 'Against before mark deploy' }));
    await waitFor(() => expect(now()).toContain('versus=mark'));
    await waitFor(() =>
      expect(host.inputsOf('logs.patterns').at(-1)).toMatchObject({
        against: { from: someTime - 300_000, to: someTime + 300_000 },
      }),
    );
    const words = (await bodyRows()).map((row) => /new|more 10×|gone|–/.exec(row.textContent ?? '')?.[0]);
    expect(words).toEqual(['new', 'more 10×', 'gone', '–']);
  });

  it('are copied for an agent and as curl', async () => {
    some();
    const { user, copied } = await openPanel(address);
    await bodyRows();
    await user.click(screen.getByRole('button', { name: /copy the patterns for an agent/ }));
    expect(copied()).toContain('100 × error payments: payment <*> refused');
    await user.click(screen.getByRole('button', { name: /copy the patterns' query as curl/ }));
    expect(copied()).toContain('/loki/api/v1/patterns');
  });

  it('say what was cut, and draw no more rows than can be read', async () => {
    answer = {
      ...answer,
      patterns: Array.from({ length: 160 }, (_, index) =>
        pattern(`<img src=x onerror=a()> kind ${index} <*>`, 160 - index),
      ),
      ...{ lines: null, looked: 5000, leftOut: ['Those of the newest 5000 lines.'] },
    };
    await openPanel(address);
    expect((await bodyRows()).length).toBe(100);
    expect(screen.getByText('Those of the newest 5000 lines.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Show 60 more' })).toBeTruthy();
    expect(document.querySelector('img[src="x"]')).toBeNull();
  });

  it('are waited for with a word', async () => {
    host.answer('logs', 'patterns', () => new Promise(() => {}));
    await openPanel(address);
    await screen.findByRole('combobox', { name: 'Compare with' });
    expect(screen.getByText('Loading')).toBeTruthy();
  });

  it('say that there are none', async () => {
    await openPanel(address);
    expect(await screen.findByText('No patterns in this window')).toBeTruthy();
  });

  it('say why a query is refused, and why the backend does not answer', async () => {
    host.answer('logs', 'patterns', refuse('QUERY', { message: 'parse error: no' }));
    const { user } = await openPanel(address);
    expect(await screen.findByText('The query was refused')).toBeTruthy();
    host.answer('logs', 'patterns', refuse('UNAVAILABLE', { message: 'Loki is not there.' }));
    await user.click(screen.getByRole('tab', { name: 'Lines' }));
    await user.click(await screen.findByRole('tab', { name: 'Patterns' }));
    expect(await screen.findByText('Loki is not there.')).toBeTruthy();
  });
});
