// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { ExternalSettings, ExternalStatus, ExternalTrial } from '../../../../shared/contract/external';
import type { HostStatus } from '../../../../shared/contract/host';
import { makeDestination, makeDestinations, makeStatus } from '../../../test-host/host-data';
import { isDisabled } from '../../../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const set: ExternalSettings = {
  tempo: 'https://tempo.example.com',
  loki: 'https://loki.example.com',
  prometheus: 'https://mimir.example.com/prometheus',
  headers: [{ name: 'Authorization' }],
};
const told = (settings: ExternalSettings | null, hasSecrets = true): ExternalStatus => ({
  settings,
  hasSecrets,
  secretStore: 'a file that only this user can read',
});
const inUse: HostStatus = makeStatus({
  backend: 'external',
  capabilities: {
    services: false,
    storage: false,
    progress: false,
    outlivesHost: true,
    lifecycle: false,
    forwarding: false,
    ingest: false,
    traces: true,
    logs: true,
    metrics: true,
    because: {
      services: 'Somebody else runs them.',
      storage: 'Somebody else keeps it.',
      lifecycle: 'Somebody else runs it.',
      forwarding: 'What is sent to it does not pass through here.',
      ingest: 'How much arrives is not seen.',
    },
  },
  keptAt: { here: false, where: 'by the external backend' },
  storage: { ...makeStatus().storage, dataDir: '', stored: null },
  services: [
    { name: 'tempo', title: 'Tempo API', state: 'up', address: set.tempo },
    { name: 'loki', title: 'Loki API', state: 'down', address: set.loki, detail: 'It answers HTML.' },
  ],
  endpoints: { tempo: set.tempo, loki: set.loki, prometheus: set.prometheus },
});

const card = async () => within(await screen.findByRole('listitem', { name: 'External backend' }));
const fill = async (user: Awaited<ReturnType<typeof openPanel>>['user'], label: string, text: string) => {
  await user.click(screen.getByLabelText(label));
  await user.paste(text);
};

describe('setting it up', () => {
  it('comes before the first switch, which is asked for once it is kept', async () => {
    host.answer('backend', 'external', () => told(null));
    host.answer('backend', 'setExternal', ({ headers, ...given }) =>
      told({ ...given, headers: headers.map(({ name }) => ({ name })) }),
    );
    const { user, address } = await openPanel('/stack');
    const setUp = await (await card()).findByRole('button', { name: 'Set it up' });
    expect((await card()).queryByRole('button', { name: 'Switch to this' })).toBeNull();
    await user.click(setUp);
    await screen.findByRole('dialog', { name: 'Set up the external backend' });
    await fill(user, 'Tempo', set.tempo);
    await fill(user, 'Loki', set.loki);
    await fill(user, 'Prometheus or Mimir', set.prometheus);
    await fill(user, 'Tenant', 'team-a');
    await user.click(screen.getByRole('button', { name: 'Add a header' }));
    await fill(user, 'Header name', 'Authorization');
    await fill(user, 'Header value', 'Bearer canary');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('dialog', { name: 'Switch to the external backend?' })).toBeTruthy();
    expect(screen.getByText(/This machine receives nothing any more/)).toBeTruthy();
    expect(host.inputsOf('backend.setExternal')).toEqual([
      {
        tempo: set.tempo,
        loki: set.loki,
        prometheus: set.prometheus,
        tenant: 'team-a',
        headers: [{ name: 'Authorization', value: 'Bearer canary' }],
      },
    ]);
    expect(address()).toBe('/stack?switch=external');
    expect(document.body.innerHTML).not.toContain('canary');
  });

  it('takes one API alone', async () => {
    host.answer('backend', 'external', () => told(null));
    host.answer('backend', 'setExternal', ({ headers: _, ...given }) => told({ ...given, headers: [] }));
    const { user } = await openPanel('/stack?switch=external');
    await screen.findByRole('dialog', { name: 'Set up the external backend' });
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/At least one of the three is needed/)).toBeTruthy();
    await fill(user, 'Loki', set.loki);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(host.inputsOf('backend.setExternal')).toEqual([
        { tempo: '', loki: set.loki, prometheus: '', headers: [] },
      ]),
    );
  });

  it('says at a field what is wrong, and sends nothing', async () => {
    host.answer('backend', 'external', () => told(null));
    const { user } = await openPanel('/stack?switch=external');
    await screen.findByRole('dialog', { name: 'Set up the external backend' });
    await fill(user, 'Tempo', 'tempo.example.com');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/must be a URL that begins with https/)).toBeTruthy();
    expect(host.inputsOf('backend.setExternal')).toEqual([]);
  });

  it('is given up without a trace', async () => {
    host.answer('backend', 'external', () => told(null));
    const { user, address } = await openPanel('/stack?switch=external');
    await screen.findByRole('dialog', { name: 'Set up the external backend' });
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(address()).toBe('/stack'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('changing it', () => {
  it('keeps the value of a header that is left empty, and drops one that is taken away', async () => {
    host.answer('backend', 'external', () => told({ ...set, headers: [{ name: 'Authorization' }, { name: 'X-Old' }] }));
    host.answer('backend', 'setExternal', () => told(set));
    const { user } = await openPanel('/stack');
    await user.click(await (await card()).findByRole('button', { name: 'Edit the external backend' }));
    await screen.findByRole('dialog', { name: 'Edit the external backend' });
    await user.click(screen.getAllByRole('button', { name: 'Remove the header' })[1]!);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(host.inputsOf('backend.setExternal')).toEqual([{ ...set, headers: [{ name: 'Authorization' }] }]),
    );
  });

  it('wants the value of a header that got another name', async () => {
    host.answer('backend', 'external', () => told(set));
    const { user } = await openPanel('/stack?setup=external');
    const name = await screen.findByLabelText('Header name');
    await user.clear(name);
    await user.type(name, 'X-Key');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('The header X-Key needs a value.')).toBeTruthy();
    expect(host.inputsOf('backend.setExternal')).toEqual([]);
  });

  it('keeps the form and says why it was refused', async () => {
    host.answer('backend', 'external', () => told(set));
    host.answer(
      'backend',
      'setExternal',
      refuse('BACKEND', { kind: 'external-url-invalid', message: 'The URL holds a password.', hint: 'As a header.' }),
    );
    const { user } = await openPanel('/stack?setup=external');
    await screen.findByRole('dialog', { name: 'Edit the external backend' });
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('The URL holds a password.')).toBeTruthy();
    expect((screen.getByLabelText('Tempo') as HTMLInputElement).value).toBe(set.tempo);
  });

  it('tries each address without keeping anything', async () => {
    host.answer('backend', 'external', () => told(set));
    const problem = { kind: 'external-refused', message: 'HTTP 401: refused.', hint: 'Give a header.' } as const;
    const trials: ExternalTrial[] = [
      { name: 'tempo', title: 'Tempo API', url: set.tempo, milliseconds: 12 },
      { name: 'loki', title: 'Loki API', url: set.loki, milliseconds: 30, problem },
    ];
    host.answer('backend', 'tryExternal', () => trials);
    const { user } = await openPanel('/stack?setup=external');
    await screen.findByRole('dialog', { name: 'Edit the external backend' });
    await user.click(screen.getByRole('button', { name: 'Test' }));
    const met = within(await screen.findByRole('list', { name: 'What the test met' }));
    expect(met.getByText('answers')).toBeTruthy();
    expect(met.getByText(/HTTP 401: refused/)).toBeTruthy();
    expect(met.getByText('Give a header.')).toBeTruthy();
    expect(host.inputsOf('backend.setExternal')).toEqual([]);
  });
});

it('cannot be chosen while the value of a header is lost, and says so', async () => {
  host.answer('backend', 'external', () => told(set, false));
  await openPanel('/stack');
  expect(await (await card()).findByText(/the value of a header is not there/)).toBeTruthy();
  expect(isDisabled((await card()).getByRole('button', { name: 'Switch to this' }))).toBe(true);
});

describe('in use', () => {
  it('shows where it answers and greys what is left to others, with the reason', async () => {
    host.feed('host', 'status', inUse);
    host.answer('backend', 'external', () => told(set));
    await openPanel('/stack');
    expect(await screen.findByText('It answers HTML.')).toBeTruthy();
    const not = within(screen.getByRole('heading', { name: 'Not from here' }).closest('section')!);
    for (const reason of Object.values(inUse.capabilities.because)) expect(not.getByText(reason)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /Start|Stop|Restart/ })).toBeNull();
    expect((await card()).getByText('in use')).toBeTruthy();
  });

  it('claims no rates of what does not pass through here', async () => {
    host.feed('host', 'status', inUse);
    await openPanel('/');
    expect(await screen.findByText('arrives elsewhere')).toBeTruthy();
    expect(await screen.findByText('not known: this backend only answers queries')).toBeTruthy();
    expect(screen.getByText('Somebody else keeps it.')).toBeTruthy();
    expect(screen.queryByRole('heading', { name: 'Arriving' })).toBeNull();
    expect(screen.queryByText('spans/s')).toBeNull();
  });

  it('lets no destination be switched on, and says why', async () => {
    host.feed('host', 'status', inUse);
    host.feed('destinations', 'status', makeDestinations([makeDestination({ enabled: false })]));
    await openPanel('/destinations');
    expect(await screen.findByText(/No destination can be switched on while this backend is in use/)).toBeTruthy();
    expect(isDisabled(screen.getByRole('switch', { name: 'Send to Team Sumo' }))).toBe(true);
  });

  it('says on no page that what apps send stays on this machine', async () => {
    host.feed('host', 'status', inUse);
    host.feed('destinations', 'status', makeDestinations([]));
    await openPanel('/destinations');
    expect(await screen.findByRole('heading', { name: 'No copy goes to a destination' })).toBeTruthy();
    expect(
      screen.getByText('What apps send is kept by the external backend, and nowhere else from here.'),
    ).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Kept by the external backend' })).toBeTruthy();
    expect(document.body.textContent).not.toMatch(/this machine|kept here/i);
  });

  it('goes on asking for what changes, though no item is counted', async () => {
    host.feed('host', 'status', inUse);
    let asked = 0;
    host.answer('services', 'list', () => {
      asked += 1;
      return { services: [], missing: [] };
    });
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      await openPanel('/');
      await waitFor(() => expect(asked).toBeGreaterThan(0));
      // Spans are asked for first, and lines beside them.
      await vi.advanceTimersByTimeAsync(1_000);
      const first = asked;
      await vi.advanceTimersByTimeAsync(5_000);
      await waitFor(() => expect(asked).toBeGreaterThan(first));
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('without an OTLP endpoint', () => {
  it('Connect says once why there is nothing to send to, and offers no demo', async () => {
    host.answer('snippets', 'languages', () => [{ id: 'nodejs', title: 'Node.js' }]);
    host.feed('host', 'status', inUse);
    host.answer('traces', 'search', () => ({ traces: [] }));
    host.answer('logs', 'query', () => ({ records: [] }));
    await openPanel('/connect');
    expect(await screen.findByText(/no OTLP endpoint of it is known/)).toBeTruthy();
    expect(screen.getAllByRole('alert')).toHaveLength(1);
    expect(screen.getByText('Give the endpoint')).toBeTruthy();
    expect(await screen.findByText(/has sent nothing yet/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Send demo data' })).toBeNull();
    expect(host.inputsOf('snippets.env')).toEqual([]);
  });

  it.each(['/traces?live=false', '/logs', '/metrics'])('%s offers no demo where it is empty', async (page) => {
    host.feed('host', 'status', inUse);
    host.feed('logs', 'tail');
    host.answer('traces', 'search', () => ({ traces: [] }));
    host.answer('logs', 'query', () => ({ records: [] }));
    host.answer('metrics', 'names', () => []);
    await openPanel(page);
    expect(await screen.findByText(/^No (traces|log lines|metrics) in this/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Send demo data' })).toBeNull();
    expect(screen.queryByText(/of a small shop/)).toBeNull();
  });
});

describe('with one API alone', () => {
  const reason = 'The external backend has no URL of a Loki API.';
  const lacking = ['logs', 'metrics'] as const;
  const traced: HostStatus = {
    ...inUse,
    endpoints: { tempo: set.tempo, loki: '', prometheus: '' },
    capabilities: {
      ...inUse.capabilities,
      logs: false,
      metrics: false,
      because: { ...inUse.capabilities.because, logs: reason, metrics: 'No Prometheus API.' },
    },
  };

  it('greys the page of what it has not, and says why there', async () => {
    host.feed('host', 'status', traced);
    await openPanel('/logs');
    expect(await screen.findByText('No logs from this backend')).toBeTruthy();
    expect(screen.getByText(reason)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Logs' }).getAttribute('title')).toBe(reason);
    expect(screen.getByRole('link', { name: 'Traces' }).getAttribute('title')).toBe('Traces (g t)');
  });

  it('lists among the endpoints which there is none of', async () => {
    host.feed('host', 'status', traced);
    host.answer('services', 'list', () => ({ services: [], missing: [...lacking] }));
    await openPanel('/');
    const endpoints = within((await screen.findByRole('heading', { name: 'Endpoints' })).closest('section')!);
    expect(endpoints.getAllByText('none')).toHaveLength(2);
    expect(endpoints.getByText(set.tempo)).toBeTruthy();
    expect(screen.queryByText(/did not answer/)).toBeNull();
  });
});
