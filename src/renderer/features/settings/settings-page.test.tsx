// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { GrafanaDoors } from '../../../shared/contract/grafana-doors';
import type { Settings } from '../../../shared/contract/host';
import { feedStack } from '../../test-host/feed-stacks';
import { makeSettings, makeStatus } from '../../test-host/host-data';
import { isDisabled } from '../../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { host } from '../../test-host/test-page';

withScriptedHost();

/** Settings that are kept: what is changed comes back changed. */
function keepSettings(first: Settings = makeSettings()): void {
  let settings = first;
  host.answer('host', 'settings', () => settings);
  host.answer('host', 'updateSettings', (patch) => {
    settings = { ...settings, ...patch } as Settings;
    return settings;
  });
}

const changes = () => host.inputsOf('host.updateSettings');

it('waits with a sign of it until the host has told its settings', async () => {
  let tell = (_settings: Settings) => {};
  host.answer('host', 'settings', () => new Promise<Settings>((resolve) => (tell = resolve)));
  await openPanel('/settings');
  expect(await screen.findByRole('heading', { name: 'Settings' })).toBeTruthy();
  expect(screen.queryByText('Service name')).toBeNull();
  await waitFor(() => expect(host.inputsOf('host.settings')).toHaveLength(1));
  tell(makeSettings({ serviceName: 'shop' }));
  expect(await screen.findByDisplayValue('shop')).toBeTruthy();
});

describe("Grafana's doors", () => {
  const doors: GrafanaDoors = { state: 'off', url: 'http://127.0.0.1:3000', answered: 0, missing: [] };
  const access = { url: doors.url, user: 'admin', password: 'watchtower', token: 'glsa_abc' };

  it('are opened by a switch, and say how tools find them and what they asked in vain', async () => {
    keepSettings();
    host.answer('host', 'grafanaAccess', () => access);
    const status = host.feed('host', 'status', makeStatus({ grafanaDoors: doors }));
    const { user } = await openPanel('/settings');
    const control = await screen.findByRole('switch', { name: "Grafana's doors" });
    expect(screen.queryByText('Answers at')).toBeNull();
    await user.click(control);
    await waitFor(() => expect(changes()).toEqual([{ grafanaDoors: true }]));
    status.push(
      makeStatus({ grafanaDoors: { ...doors, state: 'open', missing: [{ call: 'GET /api/annotations', count: 3 }] } }),
    );
    expect(await screen.findByText(doors.url)).toBeTruthy();
    expect(await screen.findByRole('button', { name: /copy the variables for mcp-grafana/ })).toBeTruthy();
    expect(screen.getByText('GET /api/annotations')).toBeTruthy();
    expect(screen.queryByRole('link', { name: doors.url })).toBeNull();
  });

  it('say who has their port', async () => {
    keepSettings(makeSettings({ grafanaDoors: true }));
    const because = 'Port 3000 is in use by node (pid 7).';
    host.feed('host', 'status', makeStatus({ grafanaDoors: { ...doors, state: 'held', because } }));
    await openPanel('/settings');
    expect((await screen.findByText(/Port 3000 is in use by node/)).textContent).toMatch(/^Closed, and tried again/);
  });
});

describe('the theme', () => {
  it('changes at once, is kept by the host and remembered for the next page', async () => {
    keepSettings();
    const { user } = await openPanel('/settings');
    await user.click(await screen.findByRole('tab', { name: 'Dark' }));
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
    await waitFor(() => expect(changes()).toEqual([{ theme: 'dark' }]));
    expect(localStorage.getItem('theme')).toBe('dark');
    await user.click(screen.getByRole('tab', { name: 'As the system' }));
    await waitFor(() => expect(document.documentElement.dataset.theme).toBeUndefined());
  });

  it('goes back to what it was where the host could not keep it, and says why', async () => {
    host.answer('host', 'updateSettings', () => {
      throw new ORPCError('BACKEND', {
        status: 409,
        defined: true,
        data: { kind: 'settings-not-written', message: 'The disk is full.', hint: 'Make room.' },
      });
    });
    const { user } = await openPanel('/settings');
    await user.click(await screen.findByRole('tab', { name: 'Dark' }));
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByText('The disk is full.')).toBeTruthy();
    expect(within(alert).getByText('Make room.')).toBeTruthy();
    expect(screen.getByRole('tab', { name: 'As the system' }).getAttribute('aria-selected')).toBe('true');
    await waitFor(() => expect(document.documentElement.dataset.theme).toBeUndefined());
  });
});

describe('the service name', () => {
  it('is taken when the typing pauses, once', async () => {
    keepSettings();
    const { user } = await openPanel('/settings');
    const input = await screen.findByLabelText('Service name');
    await user.clear(input);
    await user.type(input, ' checkout ');
    await waitFor(() => expect(changes()).toEqual([{ serviceName: 'checkout' }]));
  });

  it('is marked and not taken while it is empty', async () => {
    keepSettings();
    const { user } = await openPanel('/settings');
    const input = await screen.findByLabelText('Service name');
    await user.clear(input);
    await waitFor(() => expect(input.getAttribute('aria-invalid')).toBe('true'));
    await user.type(input, 'x');
    await waitFor(() => expect(changes()).toEqual([{ serviceName: 'x' }]));
  });
});

describe('the retention', () => {
  const open = async () => {
    keepSettings();
    const panel = await openPanel('/settings');
    return {
      ...panel,
      hours: await screen.findByLabelText('Keep at most, hours'),
      size: await screen.findByLabelText('Keep at most, GiB'),
      save: await screen.findByRole('button', { name: 'Save' }),
    };
  };

  it('is saved as whole bytes when both bounds are right', async () => {
    const { user, hours, size, save } = await open();
    expect(isDisabled(save)).toBe(true);
    await user.clear(hours);
    await user.type(hours, '168');
    await user.clear(size);
    await user.type(size, '4.5');
    await user.click(save);
    await waitFor(() => expect(changes()).toEqual([{ retention: { maxAgeHours: 168, maxBytes: 4.5 * 1024 ** 3 } }]));
  });

  it('says, before it is saved, that less room deletes what lies beyond', async () => {
    const { user, hours } = await open();
    await user.clear(hours);
    await user.type(hours, '24');
    expect(await screen.findByText('What lies beyond the new bounds is deleted when you save.')).toBeTruthy();
    await user.type(hours, '0');
    expect(await screen.findByText('Whichever bound is reached first removes the oldest.')).toBeTruthy();
  });

  it.each([
    ['0', '2'],
    ['1.5', '2'],
    ['9000', '2'],
    ['many', '2'],
    ['72', '0.01'],
    ['72', 'x'],
  ])('is not taken as %s hours and %s GiB', async (wrongHours, wrongSize) => {
    const { user, hours, size, save } = await open();
    await user.clear(hours);
    await user.type(hours, wrongHours);
    await user.clear(size);
    await user.type(size, `${wrongSize}{Enter}`);
    await user.click(save);
    expect(isDisabled(save)).toBe(true);
    expect([hours, size].filter((each) => each.getAttribute('aria-invalid') === 'true')).toHaveLength(1);
    expect(changes()).toEqual([]);
  });
});

describe('deleting all telemetry', () => {
  const stored = makeStatus({
    storage: {
      ...makeStatus().storage,
      stored: { spans: 12_345, logs: 1, points: 900, series: 30 },
      diskBytes: 64 * 1024 * 1024,
    },
  });

  it('names what is lost, and deletes nothing when it is kept', async () => {
    host.feed('host', 'status', stored);
    const { user } = await openPanel('/settings');
    await user.click(await screen.findByRole('button', { name: 'Delete…' }));
    const dialog = await screen.findByRole('dialog');
    for (const loss of ['12,345 spans', '1 log lines', '900 metric points of 30 series']) {
      expect(within(dialog).getByText(loss)).toBeTruthy();
    }
    expect(within(dialog).getByText('/home/ada/.watchtower/data')).toBeTruthy();
    await user.click(within(dialog).getByRole('button', { name: 'Keep it' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(host.inputsOf('host.clean')).toEqual([]);
  });

  it('says how much was freed', async () => {
    host.feed('host', 'status', stored);
    host.answer('host', 'clean', () => ({ freedBytes: 61 * 1024 * 1024 }));
    const { user } = await openPanel('/settings');
    await user.click(await screen.findByRole('button', { name: 'Delete…' }));
    await user.click(await screen.findByRole('button', { name: 'Delete all' }));
    expect(await screen.findByText('All telemetry is deleted')).toBeTruthy();
    expect(screen.getByText('61.0 MiB freed')).toBeTruthy();
    expect(host.inputsOf('host.clean')).toEqual([{ confirm: true }]);
  });

  it('keeps the question open and says why it could not be done', async () => {
    host.feed('host', 'status', stored);
    host.answer('host', 'clean', () => {
      throw new ORPCError('CONFLICT', { message: 'The engine is stopping.' });
    });
    const { user } = await openPanel('/settings');
    await user.click(await screen.findByRole('button', { name: 'Delete…' }));
    await user.click(await screen.findByRole('button', { name: 'Delete all' }));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText('The engine is stopping.')).toBeTruthy();
  });

  it('leads to the stack where the Docker backend keeps the data', async () => {
    host.feed('host', 'status', makeStatus({ backend: 'docker' }));
    feedStack();
    const { user, address } = await openPanel('/settings');
    expect(screen.queryByRole('button', { name: 'Delete…' })).toBeNull();
    await user.click(await within(await screen.findByRole('main')).findByRole('link', { name: 'Docker stack' }));
    await waitFor(() => expect(address()).toBe('/stack'));
  });
});

describe('extra scrape targets', () => {
  it('are saved once each is complete, and say what is missing', async () => {
    keepSettings();
    const { user } = await openPanel('/settings');
    await user.click(await screen.findByRole('button', { name: 'Add a target' }));
    await user.type(screen.getByLabelText('Job'), 'shop');
    await user.type(screen.getByLabelText('Address'), 'http://shop:9100');
    const save = await screen.findByRole('button', { name: 'Save the targets' });
    expect(isDisabled(save)).toBe(true);
    await user.clear(screen.getByLabelText('Address'));
    await user.type(screen.getByLabelText('Address'), 'host.docker.internal:9100');
    await user.click(save);
    await waitFor(() =>
      expect(changes()).toEqual([
        {
          pipeline: {
            faro: false,
            scrapeTargets: [{ job: 'shop', address: 'host.docker.internal:9100', path: '/metrics' }],
          },
        },
      ]),
    );
  });

  it('are removed one by one', async () => {
    const target = (job: string) => ({ job, address: `${job}:80`, path: '/metrics' });
    keepSettings(makeSettings({ pipeline: { faro: true, scrapeTargets: [target('a'), target('b')] } }));
    const { user } = await openPanel('/settings');
    await user.click((await screen.findAllByRole('button', { name: 'Remove the target' }))[0]!);
    await user.click(screen.getByRole('button', { name: 'Save the targets' }));
    await waitFor(() => expect(changes()).toEqual([{ pipeline: { faro: true, scrapeTargets: [target('b')] } }]));
  });
});

it('switches the Faro receiver without touching the scrape targets', async () => {
  const scrapeTargets = [{ job: 'a', address: 'a:80', path: '/metrics' }];
  keepSettings(makeSettings({ pipeline: { faro: false, scrapeTargets } }));
  const { user } = await openPanel('/settings');
  await user.click(await screen.findByRole('switch', { name: 'Faro receiver' }));
  await waitFor(() => expect(changes()).toEqual([{ pipeline: { faro: true, scrapeTargets } }]));
});

describe('the checks', () => {
  it('run when they are asked for, tell what to do, and can be copied', async () => {
    host.answer('host', 'doctor', () => [
      { name: 'Node', state: 'ok' as const, message: 'Node 22.1.0 runs this host.' },
      { name: 'Disk', state: 'failed' as const, message: '40 MiB are free.', hint: 'Make room.' },
    ]);
    const { user, copied } = await openPanel('/settings');
    expect(await screen.findByText(/what works, what does not/)).toBeTruthy();
    expect(host.inputsOf('host.doctor')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Run the checks' }));
    expect(await screen.findByText('Make room.')).toBeTruthy();
    expect(screen.getByRole('img', { name: 'failed' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Copy: copy the checks' }));
    expect(copied()).toBe('ok: Node: Node 22.1.0 runs this host.\nfailed: Disk: 40 MiB are free. (Make room.)');
  });
});

describe('in the desktop window', () => {
  const openDesktop = async (desktop: Settings['desktop'] = makeSettings().desktop) => {
    keepSettings(makeSettings({ desktop }));
    window.watchtowerShell = { desktop: true, platform: 'linux', connect() {} };
    try {
      const panel = await openPanel('/settings');
      await screen.findByText('Start at login');
      return panel;
    } finally {
      delete window.watchtowerShell;
    }
  };

  it('offers to start without a window only to those who start at login', async () => {
    const { user } = await openDesktop();
    expect(screen.queryByText('Without a window')).toBeNull();
    await user.click(screen.getByRole('switch', { name: 'Start at login' }));
    await waitFor(() => expect(changes()).toEqual([{ desktop: { ...makeSettings().desktop, openAtLogin: true } }]));
  });

  it('keeps what becomes of the stack when it quits', async () => {
    const { user } = await openDesktop();
    await user.click(screen.getByRole('combobox', { name: 'Stack on quit' }));
    await user.click(await screen.findByRole('option', { name: 'Leave it running' }));
    await waitFor(() => expect(changes()).toEqual([{ desktop: { ...makeSettings().desktop, onQuit: 'leave' } }]));
  });
});

it('shows nothing of the desktop app in a browser', async () => {
  await openPanel('/settings');
  expect(await screen.findByText('Privacy')).toBeTruthy();
  expect(screen.queryByText('Start at login')).toBeNull();
});
