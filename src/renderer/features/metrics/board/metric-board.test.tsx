// @vitest-environment happy-dom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BoardChart, Settings } from '../../../../shared/contract/host';
import { makeSettings } from '../../../test-host/host-data';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import { host } from '../../../test-host/test-page';

withScriptedHost();

let settings: Settings;
const chart = (id: string, query = `${id}_total`): BoardChart => ({ id, title: id.toUpperCase(), query, unit: '' });

beforeEach(() => {
  settings = { ...makeSettings(), board: [chart('a'), chart('b'), chart('c')] };
  host.answer('host', 'settings', () => settings);
  host.answer('host', 'updateSettings', (patch) => {
    settings = { ...settings, ...patch } as Settings;
    return settings;
  });
  host.answer('metrics', 'names', () => [{ name: 'a_total', type: 'counter', unit: '', help: '' }]);
  host.answer('metrics', 'labelValues', () => ({ total: 1, values: [] }));
  host.answer('metrics', 'queryRange', () => ({ series: [], warnings: [] }));
  host.answer('metrics', 'query', () => ({ series: [], warnings: [] }));
  host.answer('metrics', 'exemplars', () => []);
});

const titles = () => screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);
const kept = () => settings.board!.map(({ id }) => id).join('');

describe('the board', () => {
  it('shows the pinned charts in their order, each by its own PromQL', async () => {
    await openPanel('/metrics?board=true&since=1h');
    await screen.findByText('A');
    expect(titles()).toEqual(['A', 'B', 'C']);
    await waitFor(() =>
      expect((host.inputsOf('metrics.queryRange') as { query: string }[]).map(({ query }) => query).sort()).toEqual([
        'a_total',
        'b_total',
        'c_total',
      ]),
    );
    expect(screen.getByRole('tab', { name: 'Board · 3' }).getAttribute('aria-selected')).toBe('true');
    expect(screen.getByText(/^3 of 50 charts/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'b_total' }).getAttribute('href')).toBe('/metrics?since=1h&q=b_total');
  });

  it('follows the window where a chart says so', async () => {
    const rate = chart('a', 'sum(rate(a_total[$__rate_interval])) / $__range / $__interval');
    settings = { ...settings, board: [rate, chart('b', 'rate(traces_spanmetrics_calls_total[$__rate_interval])')] };
    await openPanel('/metrics?board=true');
    const asked = () => (host.inputsOf('metrics.queryRange') as { query: string }[]).map(({ query }) => query).sort();
    await waitFor(() =>
      expect(asked()).toEqual(['rate(traces_spanmetrics_calls_total[1m])', 'sum(rate(a_total[2m])) / 15m / 15s']),
    );
    cleanup();
    const { user, copied } = await openPanel('/metrics?board=true&since=24h');
    const wide = 'sum(rate(a_total[1h])) / 24h / 30m';
    await waitFor(() => expect(asked()).toContain(wide));
    await user.click(screen.getByRole('button', { name: /the board for an agent/ }));
    expect(copied()).toContain(wide);
  });

  it('is ordered by the arrow keys at the grip, which keeps the focus', async () => {
    const { user } = await openPanel('/metrics?board=true');
    (await screen.findByRole('button', { name: 'Move A' })).focus();
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(titles()).toEqual(['B', 'A', 'C']));
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Move A');
    expect(screen.getByText('A: place 2 of 3')).toBeTruthy();
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    await waitFor(() => expect(kept()).toBe('abc'));
  });

  it('takes off and renames a chart', async () => {
    const { user } = await openPanel('/metrics?board=true');
    await user.click(await screen.findByRole('button', { name: 'Take B off the board' }));
    await waitFor(() => expect(kept()).toBe('ac'));
    await user.click(screen.getByRole('button', { name: 'Rename C' }));
    await user.clear(screen.getByLabelText('Title of the chart'));
    await user.keyboard('Calls{Enter}');
    await waitFor(() => expect(settings.board![1]!.title).toBe('Calls'));
  });

  it('takes any PromQL, under the query itself where no title is written', async () => {
    const { user } = await openPanel('/metrics?board=true');
    await user.click(await screen.findByRole('button', { name: 'Add a chart' }));
    await user.click(await screen.findByLabelText('PromQL'));
    await user.paste('sum(rate(x[5m]))');
    await user.click(screen.getByRole('button', { name: 'Add to the board' }));
    await waitFor(() => expect(settings.board).toHaveLength(4));
    expect(settings.board![3]).toMatchObject({ title: 'sum(rate(x[5m]))', query: 'sum(rate(x[5m]))' });
  });

  it('holds fifty, and says so', async () => {
    settings = { ...settings, board: Array.from({ length: 50 }, (_, index) => chart(`c${index}`)) };
    await openPanel('/metrics?board=true');
    const add = await screen.findByRole('button', { name: 'Add a chart' });
    expect(add.hasAttribute('disabled')).toBe(true);
    expect(add.getAttribute('title')).toContain('The board holds 50 charts');
  });

  it('is waited for with a word', async () => {
    host.answer('host', 'settings', () => new Promise(() => {}));
    await openPanel('/metrics?board=true');
    expect(await screen.findByText('Loading')).toBeTruthy();
  });

  it('says of each chart why it is not there', async () => {
    host.answer('metrics', 'queryRange', ({ query }) => {
      if (query === 'a_total') refuse('QUERY', { message: 'parse error: no' })();
      return { series: [], warnings: [] };
    });
    await openPanel('/metrics?board=true');
    expect(await screen.findByText('parse error: no')).toBeTruthy();
    expect(await screen.findAllByText('No samples in this window')).toHaveLength(2);
  });

  it('says how a chart comes to it while there is none', async () => {
    settings = { ...settings, board: [] };
    await openPanel('/metrics?board=true');
    expect(await screen.findByText('No chart is pinned yet')).toBeTruthy();
  });

  it('says why it could not be kept, and shows what is', async () => {
    host.answer('host', 'updateSettings', refuse('BACKEND', { message: 'The disk is full.' }));
    const { user } = await openPanel('/metrics?board=true');
    await user.click(await screen.findByRole('button', { name: 'Take B off the board' }));
    expect(await screen.findByText('The disk is full.')).toBeTruthy();
    await waitFor(() => expect(titles()).toEqual(['A', 'B', 'C']));
  });
});

describe('a pin', () => {
  it('puts what a small chart asks on the board, and takes it off again', async () => {
    settings = { ...settings, board: [] };
    const { user } = await openPanel('/metrics');
    const tile = (await screen.findByRole('link', { name: 'a_total' })).closest('article')!;
    await user.click(within(tile).getByRole('button', { name: 'Pin a_total to the board' }));
    await waitFor(() => expect(settings.board).toHaveLength(1));
    expect(settings.board![0]).toMatchObject({
      title: 'a_total',
      query: 'sum by (service_name, job) (rate(a_total[$__rate_interval]))',
      unit: '1/s',
    });
    await user.click(await within(tile).findByRole('button', { name: 'Take a_total off the board' }));
    await waitFor(() => expect(settings.board).toEqual([]));
  });
});
