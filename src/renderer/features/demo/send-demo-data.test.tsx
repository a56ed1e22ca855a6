// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DemoSent } from '../../../shared/contract/host';
import { isDisabled } from '../../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuse } from '../../test-host/refuse';
import { host } from '../../test-host/test-page';

withScriptedHost();

const send = { name: 'Send demo data' };
const sending = { name: 'Sending demo data' };

beforeEach(() => {
  host.answer('host', 'command', () => 'watchtower');
});

describe('the button', () => {
  it('rests while the demo is being sent, asks once, and says how much came', async () => {
    let done = (_sent: DemoSent) => {};
    host.answer('host', 'sendDemo', () => new Promise<DemoSent>((resolve) => (done = resolve)));
    const { user } = await openPanel('/');
    await user.click(await screen.findByRole('button', send));
    const busy = await screen.findByRole('button', sending);
    expect(isDisabled(busy)).toBe(true);
    await user.click(busy);
    await waitFor(() => expect(host.inputsOf('host.sendDemo')).toHaveLength(1));
    done({ traces: 120, spans: 1430, logs: 615 });
    expect(await screen.findByText('Demo data sent')).toBeTruthy();
    expect(screen.getByText('120 traces, 1,430 spans, 615 logs')).toBeTruthy();
    expect(isDisabled(await screen.findByRole('button', send))).toBe(false);
    expect(host.inputsOf('host.sendDemo')).toHaveLength(1);
  });

  it('says why nothing was sent and what to do, and can be pressed again', async () => {
    const problem = { kind: 'demo-failed', message: 'The receiver refused it.', hint: 'Start the backend.' } as const;
    host.answer('host', 'sendDemo', refuse('BACKEND', problem));
    const { user } = await openPanel('/');
    await user.click(await screen.findByRole('button', send));
    expect(await screen.findByText('The receiver refused it.')).toBeTruthy();
    expect(screen.getByText('Start the backend.')).toBeTruthy();
    await user.click(await screen.findByRole('button', send));
    await waitFor(() => expect(host.inputsOf('host.sendDemo')).toHaveLength(2));
  });

  it('claims no failure where only the answer was lost on the way', async () => {
    host.answer('host', 'sendDemo', () => new Promise(() => {}));
    host.answer('metrics', 'names', () => []);
    const { user } = await openPanel('/metrics');
    await user.click(await screen.findByRole('button', send));
    await screen.findByRole('button', sending);
    host.goAway();
    expect(isDisabled(await screen.findByRole('button', send))).toBe(false);
    expect(screen.queryByText('The connection to Watchtower was lost.')).toBeNull();
  });
});

describe('the command', () => {
  it('is the one that this machine knows, and is copied whole', async () => {
    host.answer('host', 'command', () => '/opt/watchtower/bin/watchtower');
    const { user, copied } = await openPanel('/');
    const line = await screen.findByText('/opt/watchtower/bin/watchtower generate');
    await user.click(within(line.parentElement!).getByRole('button', { name: 'Copy the command' }));
    expect(copied()).toBe('/opt/watchtower/bin/watchtower generate');
  });

  it('is left out where the host does not know it, and the button stays', async () => {
    host.answer('host', 'command', refuse('BACKEND', { message: 'No command.' }));
    await openPanel('/');
    expect(await screen.findByRole('button', send)).toBeTruthy();
    await waitFor(() => expect(host.inputsOf('host.command')).toHaveLength(1));
    expect(screen.queryByRole('button', { name: 'Copy the command' })).toBeNull();
  });
});

it.each([
  ['/traces', 'Waiting for the first trace'],
  ['/traces?live=false', 'No trace was kept yet'],
  ['/logs', 'No log line was kept yet'],
  ['/metrics', 'No metrics in this window'],
])('both are offered by %s where it has nothing to show', async (address, title) => {
  host.feed('traces', 'tail');
  host.feed('logs', 'tail');
  host.answer('traces', 'search', () => ({ traces: [] }));
  host.answer('logs', 'query', () => ({ records: [] }));
  host.answer('metrics', 'names', () => []);
  host.answer('volume', 'overTime', ({ window: { from } }) => ({ from, counts: [0], failed: [0] }));
  host.answer('host', 'sendDemo', () => ({ traces: 1, spans: 1, logs: 1 }));
  const { user } = await openPanel(address);
  expect(await screen.findByText(title)).toBeTruthy();
  expect(await screen.findByText('watchtower generate')).toBeTruthy();
  await user.click(screen.getByRole('button', send));
  expect(await screen.findByText('Demo data sent')).toBeTruthy();
});
