// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Settings } from '../../../shared/contract/host';
import { makeErrorList } from '../../test-host/error-data';
import { feedStack } from '../../test-host/feed-stacks';
import { makeDestination, makeDestinations, makeSettings, makeStatus } from '../../test-host/host-data';
import { type OpenedPanel, openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuseAsDown } from '../../test-host/refuse';
import { makeRun } from '../../test-host/run-data';
import { host } from '../../test-host/test-page';

withScriptedHost();

beforeEach(() => {
  let settings = makeSettings();
  host.answer('host', 'settings', () => settings);
  host.answer('host', 'updateSettings', (patch) => {
    settings = { ...settings, ...patch } as Settings;
    return settings;
  });
});

/** Opens it with its keys and waits for what the host tells. */
async function openPalette(panel: OpenedPanel): Promise<void> {
  await screen.findByText('No problems');
  await panel.user.keyboard('{Control>}k{/Control}');
  await screen.findByRole('dialog', { name: 'Command palette' });
}

/** Types what narrows the list to one thing, and takes it. */
async function choose(panel: OpenedPanel, text: string, label: string | RegExp): Promise<void> {
  await openPalette(panel);
  await panel.user.keyboard(text);
  await screen.findByRole('option', { name: label });
  await panel.user.click(screen.getByRole('option', { name: label }));
}

describe('opening', () => {
  it('is opened and shut with the same keys, and begins empty each time', async () => {
    const panel = await openPanel('/settings');
    await openPalette(panel);
    await panel.user.keyboard('theme');
    await panel.user.keyboard('{Control>}k{/Control}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await openPalette(panel);
    expect((screen.getByPlaceholderText(/A page, an action/) as HTMLInputElement).value).toBe('');
  });

  it('loses nothing of what is typed before it stands', async () => {
    const panel = await openPanel('/settings');
    await screen.findByText('No problems');
    for (const key of [{ key: 'k', ctrlKey: true }, { key: 'm' }, { key: 'e' }, { key: 't' }])
      fireEvent.keyDown(document.body, key);
    const field = await screen.findByPlaceholderText(/A page, an action/);
    expect((field as HTMLInputElement).value).toBe('met');
    expect(panel.address()).toBe('/settings');
  });

  it('takes the row that is meant also where Enter came before it stood', async () => {
    const panel = await openPanel('/settings');
    await screen.findByText('No problems');
    for (const key of ['k', ...'metrixx', 'Backspace', 'Backspace', ...'cs', 'Enter'])
      fireEvent.keyDown(document.body, { key, ctrlKey: key === 'k' });
    await waitFor(() => expect(panel.address()).toContain('/metrics'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('is shut by Escape before it stands', async () => {
    const panel = await openPanel('/settings');
    await screen.findByText('No problems');
    for (const key of ['k', 'm', 'Escape']) fireEvent.keyDown(document.body, { key, ctrlKey: key === 'k' });
    await panel.user.keyboard('{Control>}k{/Control}');
    expect((await screen.findByPlaceholderText<HTMLInputElement>(/A page, an action/)).value).toBe('');
  });

  it('is left with Escape, and nothing is done', async () => {
    const panel = await openPanel('/settings');
    await openPalette(panel);
    await panel.user.keyboard('metrics{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(panel.address()).toBe('/settings');
  });

  it('is used without a pointer: arrows choose, around the end, and Enter does it', async () => {
    host.answer('snippets', 'languages', () => []);
    const panel = await openPanel('/settings');
    await openPalette(panel);
    const chosen = () => document.querySelector('[cmdk-item][aria-selected=true]')?.textContent;
    await waitFor(() => expect(chosen()).toContain('Overview'));
    await panel.user.keyboard('{ArrowUp}');
    await waitFor(() => expect(chosen()).toContain('Show the keys'));
    await panel.user.keyboard('connect');
    await waitFor(() => expect(chosen()).toMatch(/^Connect/));
    await panel.user.keyboard('{Enter}');
    await waitFor(() => expect(panel.address()).toBe('/connect'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('leads to the list of keys and to the form of a new destination', async () => {
    host.feed('destinations', 'status', makeDestinations([]));
    const panel = await openPanel('/settings');
    await choose(panel, 'show the keys', /^Show the keys/);
    expect(await screen.findByRole('dialog', { name: 'Keys' })).toBeTruthy();
    await panel.user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await choose(panel, 'sumo', 'Add a destination');
    await waitFor(() => expect(panel.address()).toBe('/destinations?add=sumo'));
  });

  it('says that nothing has the name that was typed', async () => {
    host.answer('completion', 'spanValues', () => ({ values: [], more: false, type: 'string' }));
    host.answer('completion', 'logValues', () => ({ values: [], more: false, type: 'string' }));
    host.answer('metrics', 'names', () => []);
    host.answer('traces', 'search', () => ({ traces: [] }));
    host.answer('errors', 'list', () => makeErrorList([]));
    host.answer('runs', 'list', () => ({ runs: [] }));
    host.answer('sessions', 'list', refuseAsDown);
    host.answer('searches', 'list', () => ({ saved: [], past: [] }));
    const panel = await openPanel('/settings');
    await openPalette(panel);
    await panel.user.keyboard('zzzz');
    expect(await screen.findByText('Nothing of that name')).toBeTruthy();
  });
});

describe('going somewhere', () => {
  it('takes the time window along to another page', async () => {
    host.answer('metrics', 'names', () => []);
    host.feed('logs', 'tail');
    const panel = await openPanel('/logs?since=1h&q=x');
    await choose(panel, 'metrics', /^Metrics/);
    await waitFor(() => expect(panel.address()).toBe('/metrics?since=1h'));
  });

  it('opens the trace whose id was typed, in whichever letters', async () => {
    host.answer('traces', 'get', () => null);
    const panel = await openPanel('/settings');
    const id = '4BF92F3577B34DA6A3CE929D0E0E4736';
    await choose(panel, id, `Open trace ${id.toLowerCase()}`);
    await waitFor(() => expect(panel.address()).toBe(`/traces/${id.toLowerCase()}`));
  });

  it('takes only what can be an id for one', async () => {
    const panel = await openPanel('/settings');
    await openPalette(panel);
    await panel.user.keyboard('4bf92f3577b34');
    expect(screen.queryByRole('option', { name: /Open trace/ })).toBeNull();
  });
});

describe('copying', () => {
  it('copies each endpoint where the host listens', async () => {
    host.feed(
      'host',
      'status',
      makeStatus({ endpoints: { ...makeStatus().endpoints, loki: 'http://localhost:5100' } }),
    );
    const panel = await openPanel('/settings');
    await choose(panel, 'loki', /Copy the Loki URL/);
    await waitFor(() => expect(panel.copied()).toBe('http://localhost:5100'));
    expect(await screen.findByText('Copied the Loki URL')).toBeTruthy();
  });

  it('copies the env block of the shell that is set', async () => {
    host.answer('snippets', 'env', ({ shell, serviceName }) => ({
      language: 'env',
      title: shell,
      steps: [{ title: '', syntax: 'bash', code: `export OTEL_SERVICE_NAME=${serviceName}` }],
      notes: [],
    }));
    const panel = await openPanel('/settings');
    await choose(panel, 'env block', /Copy the env block for bash/);
    await waitFor(() => expect(panel.copied()).toBe('export OTEL_SERVICE_NAME=my-app'));
  });

  it('says why there is nothing to copy', async () => {
    host.answer('host', 'diagnostics', () => {
      throw new ORPCError('INTERNAL', { message: 'The log cannot be read.' });
    });
    const panel = await openPanel('/settings');
    await choose(panel, 'diagnostics', /Copy the diagnostics/);
    expect(await screen.findByText('Could not collect the diagnostics')).toBeTruthy();
    expect(screen.getByText('The log cannot be read.')).toBeTruthy();
    expect(panel.copied()).toBeUndefined();
  });
});

describe('doing', () => {
  it('changes the theme', async () => {
    const panel = await openPanel('/settings');
    await choose(panel, 'light', 'Theme: light');
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('light'));
    await choose(panel, 'system', 'Theme: as the system');
    await waitFor(() => expect(document.documentElement.dataset.theme).toBeUndefined());
  });

  it('says that the backend is being restarted, and why it was not', async () => {
    host.answer('host', 'restart', () => {
      throw new ORPCError('CONFLICT', { message: 'It is stopping.' });
    });
    const panel = await openPanel('/settings');
    await choose(panel, 'restart', /Restart the backend/);
    expect(await screen.findByText('Restarting the backend')).toBeTruthy();
    expect(await screen.findByText('The backend did not restart')).toBeTruthy();
  });

  it('switches each destination, as it stands when the palette opens', async () => {
    const off = makeDestination({ id: 'b', name: 'Backup', enabled: false });
    host.answer('destinations', 'snapshot', () => makeDestinations([makeDestination(), off]));
    host.answer('destinations', 'toggle', () => makeDestinations([]));
    const panel = await openPanel('/settings');
    await choose(panel, 'stop sending', 'Stop sending to Team Sumo');
    expect(await screen.findByText('Nothing goes to Team Sumo any more')).toBeTruthy();
    await choose(panel, 'backup', 'Send to Backup');
    expect(await screen.findByText('A copy goes to Backup')).toBeTruthy();
    expect(host.inputsOf('destinations.toggle')).toEqual([
      { id: 'sumo', enabled: false },
      { id: 'b', enabled: true },
    ]);
  });

  it('says that the old setting holds where a switch was refused', async () => {
    host.answer('destinations', 'snapshot', () => makeDestinations([makeDestination()]));
    host.answer('destinations', 'toggle', () => {
      throw new ORPCError('DESTINATION', {
        status: 409,
        defined: true,
        data: { kind: 'forward-failed', message: 'The engine did not take it over.' },
      });
    });
    const panel = await openPanel('/settings');
    await choose(panel, 'stop sending', 'Stop sending to Team Sumo');
    expect(await screen.findByText('The old setting is still in force')).toBeTruthy();
    expect(screen.getByText('The engine did not take it over.')).toBeTruthy();
  });
});

describe('with the Docker stack', () => {
  const docker = makeStatus({
    backend: 'docker',
    endpoints: { ...makeStatus().endpoints, grafana: 'http://localhost:3000' },
  });

  it('stops one that runs, starts one that rests, and opens Grafana', async () => {
    const status = host.feed('host', 'status', docker);
    host.answer('backend', 'down', () => new Promise(() => {}));
    const opened = vi.spyOn(window, 'open').mockReturnValue(null);
    const panel = await openPanel('/settings');
    await choose(panel, 'stop the docker', 'Stop the Docker stack');
    await waitFor(() => expect(host.inputsOf('backend.down')).toHaveLength(1));
    await choose(panel, 'grafana', /Open Grafana/);
    expect(opened).toHaveBeenCalledWith('http://localhost:3000', '_blank', 'noopener,noreferrer');
    status.push({ ...docker, state: 'stopped' });
    await choose(panel, 'start the docker', 'Start the Docker stack');
    await waitFor(() => expect(host.inputsOf('backend.up')).toHaveLength(1));
  });

  it('leads to the question before a switch, and to the log of a service', async () => {
    feedStack();
    host.feed('host', 'status', docker);
    const panel = await openPanel('/settings');
    await choose(panel, 'log of a service', 'Show the log of a service');
    await waitFor(() => expect(panel.address()).toBe('/stack?log=alloy'));
    await choose(panel, 'switch', 'Switch to the embedded engine');
    await waitFor(() => expect(panel.address()).toBe('/stack?switch=embedded'));
  });

  it('offers neither Grafana nor its services while the embedded engine runs', async () => {
    const panel = await openPanel('/settings');
    await openPalette(panel);
    expect(screen.queryByRole('option', { name: /Grafana/ })).toBeNull();
    expect(screen.queryByRole('option', { name: /Docker stack$/ })?.textContent).toMatch(/^Switch to/);
  });
});

describe('the last run', () => {
  const last = makeRun('newer', {
    exitCode: 1,
    outcome: { traces: 1, spans: 2, errors: 3, findings: 0, verdict: 'worse' },
  });

  it('is told with its state and verdict, and opened', async () => {
    host.answer('runs', 'list', () => ({ runs: [last] }));
    const panel = await openPanel('/settings');
    await choose(panel, 'last run', /^Last run: shop, exit 1, worse/);
    await waitFor(() => expect(panel.address()).toBe(`/runs/${last.id}`));
    expect(host.inputsOf('runs.list')[0]).toEqual({ limit: 1 });
  });

  it('is compared with the one before of its name', async () => {
    host.answer('runs', 'list', () => ({ runs: [last] }));
    const panel = await openPanel('/settings');
    await choose(panel, 'compare', /^Compare the last run/);
    await waitFor(() => expect(panel.address()).toBe(`/runs/compare?before=shop%7E1&after=${last.id}`));
  });

  it('of which there is none is not offered', async () => {
    host.answer('runs', 'list', () => ({ runs: [] }));
    const panel = await openPanel('/settings');
    await openPalette(panel);
    await waitFor(() => expect(host.inputsOf('runs.list')).toHaveLength(1));
    expect(screen.queryByRole('option', { name: /Last run/ })).toBeNull();
  });
});
