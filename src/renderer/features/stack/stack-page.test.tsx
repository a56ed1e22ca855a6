// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { BackendStatus } from '../../../shared/contract/backend';
import type { Problem } from '../../../shared/problem';
import { feedStack } from '../../test-host/feed-stacks';
import { makeStack, makeStatus, makeRunning as running } from '../../test-host/host-data';
import { isDisabled } from '../../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { host } from '../../test-host/test-page';

withScriptedHost();

const docker = makeStatus({ backend: 'docker' });
const refuse = (code: 'STACK' | 'BACKEND', data: Problem) => () => {
  throw new ORPCError(code, { status: 409, defined: true, data });
};
const readyStack = makeStack({
  state: 'ready',
  services: [
    running('alloy', { ports: [{ name: 'OTLP gRPC', address: 'localhost:4317' }] }),
    running('grafana', { ports: [{ name: 'web', address: 'localhost:3000', url: 'http://localhost:3000' }] }),
  ],
});

async function switchTo(name: string): Promise<HTMLElement> {
  const choice = await screen.findByRole('listitem', { name });
  return within(choice).findByRole('button', { name: 'Switch to this' });
}

describe('the embedded engine', () => {
  it('shows where it stands, and restarts when told to', async () => {
    feedStack(makeStack());
    host.answer('host', 'restart', () => new Promise(() => {}));
    const { user } = await openPanel('/stack');
    const choice = await screen.findByRole('listitem', { name: 'Embedded engine' });
    expect(within(choice).getByText('in use')).toBeTruthy();
    expect(screen.getByText('150 MiB resident')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Restart the engine' }));
    const button = await screen.findByRole('button', { name: 'Restarting' });
    expect(isDisabled(button)).toBe(true);
  });

  it('is started where it rests, and says why it could not be', async () => {
    feedStack(makeStack());
    host.feed('host', 'status', makeStatus({ state: 'failed' }));
    host.answer('host', 'start', () => {
      throw new ORPCError('CONFLICT', { message: 'The data folder is held.' });
    });
    const { user } = await openPanel('/stack');
    await user.click(await screen.findByRole('button', { name: 'Start the engine' }));
    expect(await screen.findByText('The data folder is held.')).toBeTruthy();
  });
});

describe('switching the backend', () => {
  it('says first what happens to data and senders, and does nothing when one stays', async () => {
    feedStack(makeStack());
    const { user, address } = await openPanel('/stack');
    await user.click(await switchTo('Docker stack'));
    const dialog = await screen.findByRole('dialog', { name: 'Switch to the Docker stack?' });
    expect(within(dialog).getByText(/What it keeps \(12.0 MiB\) stays on disk/)).toBeTruthy();
    expect(within(dialog).queryByText(/No container engine answers now/)).toBeNull();
    expect(address()).toBe('/stack?switch=docker');
    await user.click(within(dialog).getByRole('button', { name: 'Stay' }));
    await waitFor(() => expect(address()).toBe('/stack'));
    expect(host.inputsOf('host.switchBackend')).toEqual([]);
  });

  it('tells that it is under way, and what runs then', async () => {
    feedStack(makeStack());
    const status = host.feed('host', 'status', makeStatus());
    let done = () => {};
    host.answer('host', 'switchBackend', () => new Promise((resolve) => (done = () => resolve(docker))));
    const { user } = await openPanel('/stack?switch=docker');
    await user.click(await screen.findByRole('button', { name: 'Switch' }));
    expect(await screen.findByText('Switching from the embedded engine to the Docker stack.')).toBeTruthy();
    expect(host.inputsOf('host.switchBackend')).toEqual([{ backend: 'docker' }]);
    status.push(docker);
    done();
    const choice = await screen.findByRole('listitem', { name: 'Docker stack' });
    expect(await within(choice).findByText('in use')).toBeTruthy();
  });

  it('says why it failed, with the button to try once more', async () => {
    feedStack(makeStack());
    host.answer(
      'host',
      'switchBackend',
      refuse('BACKEND', { kind: 'backend-not-kept', message: 'The choice could not be kept.' }),
    );
    const { user } = await openPanel('/stack?switch=docker');
    await user.click(await screen.findByRole('button', { name: 'Switch' }));
    expect(await screen.findByText('The choice could not be kept.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(host.inputsOf('host.switchBackend')).toHaveLength(2));
  });

  it('asks nothing where nothing runs', async () => {
    feedStack(makeStack());
    host.feed('host', 'status', makeStatus({ state: 'stopped' }));
    const { user } = await openPanel('/stack');
    await user.click(await switchTo('Docker stack'));
    await waitFor(() => expect(host.inputsOf('host.switchBackend')).toEqual([{ backend: 'docker' }]));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('does not speak of an engine before it knows', async () => {
    const stack = feedStack();
    await openPanel('/stack?switch=docker');
    expect(await screen.findByRole('dialog', { name: 'Switch to the Docker stack?' })).toBeTruthy();
    expect(screen.queryByText(/No container engine answers now/)).toBeNull();
    await waitFor(() => expect(stack.listening).toBe(1));
    stack.push(makeStack({ runtime: { state: 'absent', endpoint: '', reason: '' } }));
    expect(await screen.findByText(/No container engine answers now/)).toBeTruthy();
  });

  it('warns where no container engine answers', async () => {
    const problem = { kind: 'engine-absent', message: 'No engine answers.', hint: 'Install Docker.' } as const;
    const absent = { state: 'absent', endpoint: '', reason: '', problem } as const;
    feedStack(makeStack({ runtime: absent }));
    await openPanel('/stack?switch=docker');
    expect(await screen.findByText(/No container engine answers now/)).toBeTruthy();
    expect(screen.getByText(/Install Docker\./)).toBeTruthy();
  });
});

describe('the Docker stack', () => {
  const openWith = async (stack: BackendStatus, address = '/stack') => {
    host.feed('host', 'status', docker);
    const feed = feedStack(stack);
    const panel = await openPanel(address);
    await screen.findByRole('region', { name: 'State of the Docker stack' });
    return { ...panel, feed };
  };

  it('starts, tells each step, can be cancelled, and is ready', async () => {
    host.answer('backend', 'up', () => makeStack({ state: 'preparing' }));
    host.answer('backend', 'cancel', () => makeStack());
    const { user, feed } = await openWith(makeStack());
    await user.click(screen.getByRole('button', { name: 'Start' }));
    await waitFor(() => expect(host.inputsOf('backend.up')).toHaveLength(1));
    feed.push(makeStack({ state: 'starting', step: 'Starting Tempo' }));
    expect(await screen.findByText('Starting Tempo')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(host.inputsOf('backend.cancel')).toHaveLength(1));
    feed.push(readyStack);
    expect(await screen.findByText('All 2 services answer')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Stop' })).toBeTruthy();
  });

  it('tells how far the images are, and what a registry refused', async () => {
    const image = { image: 'grafana/tempo:3', currentBytes: 50, totalBytes: 100, layers: [] };
    await openWith(
      makeStack({
        state: 'pulling',
        pull: {
          images: [
            { ...image, state: 'pulling' },
            {
              ...image,
              image: 'grafana/loki:3',
              state: 'failed',
              problem: { kind: 'pull-rate-limited', message: 'docker.io allows no more pulls for now (429).' },
            },
          ],
          currentBytes: 50 * 1024 ** 2,
          totalBytes: 200 * 1024 ** 2,
          bytesPerSecond: 1024 ** 2,
        },
      }),
    );
    expect(await screen.findByText('50.0 MiB of 200 MiB')).toBeTruthy();
    expect(screen.getByText(/about 2 m 30 s left/)).toBeTruthy();
    expect(screen.getByText('docker.io allows no more pulls for now (429).')).toBeTruthy();
  });

  it('leads to Grafana with the way to log in', async () => {
    const { user, copied } = await openWith(readyStack);
    expect(screen.getByRole('link', { name: 'Open Grafana' }).getAttribute('href')).toBe('http://localhost:3000');
    await user.click(screen.getByRole('button', { name: 'Copy the password' }));
    expect(copied()).toBe('watchtower');
  });

  it('mends a degraded one from the card that says what is wrong', async () => {
    host.answer('backend', 'up', () => readyStack);
    const { user } = await openWith(
      makeStack({
        state: 'degraded',
        services: [running('alloy'), running('tempo', { state: 'exited', exitCode: 1 })],
        problem: { kind: 'service-ended', message: 'Tempo was stopped.', hint: 'Start the stack.' },
      }),
    );
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByText('Tempo was stopped.')).toBeTruthy();
    await user.click(within(alert).getByRole('button', { name: 'Mend it' }));
    await waitFor(() => expect(host.inputsOf('backend.up')).toHaveLength(1));
  });

  it('restarts the one service that crashed, or shows its log', async () => {
    host.answer('backend', 'restartService', () => readyStack);
    host.feed('backend', 'logs');
    const crashed = running('loki', {
      state: 'exited',
      exitCode: 137,
      outOfMemory: true,
      crashes: 2,
      problem: { kind: 'service-out-of-memory', message: 'Loki was ended because it needed more memory.' },
    });
    const { user, address } = await openWith(makeStack({ state: 'degraded', services: [running('alloy'), crashed] }));
    expect(screen.getByText('out of memory, 2 crashes')).toBeTruthy();
    const alert = screen.getByText(/needed more memory/).closest('[role=alert]') as HTMLElement;
    await user.click(within(alert).getByRole('button', { name: 'Restart Loki' }));
    await waitFor(() =>
      expect(host.inputsOf('backend.restartService')).toEqual([{ backend: 'docker', service: 'loki' }]),
    );
    await user.click(within(alert).getByRole('button', { name: 'Show its log' }));
    await waitFor(() => expect(address()).toBe('/stack?log=loki'));
  });

  it('says why an action was refused', async () => {
    host.answer(
      'backend',
      'down',
      refuse('STACK', { kind: 'engine-refused', message: 'The container engine refused.' }),
    );
    const { user } = await openWith(readyStack);
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(await screen.findByText('The container engine refused.')).toBeTruthy();
  });

  it('says why it cannot start at all, and goes on by itself when an engine comes', async () => {
    const problem = { kind: 'engine-absent', message: 'No container engine answers.', hint: 'Start it.' } as const;
    const { feed } = await openWith(
      makeStack({ runtime: { state: 'absent', endpoint: 'unix:///x', reason: 'DOCKER_HOST', problem } }),
    );
    expect(await screen.findByText('none found')).toBeTruthy();
    expect(screen.getByText('DOCKER_HOST')).toBeTruthy();
    expect(isDisabled(screen.getByRole('button', { name: 'Start' }))).toBe(true);
    feed.push(makeStack());
    await waitFor(() => expect(isDisabled(screen.getByRole('button', { name: 'Start' }))).toBe(false));
  });
});

describe('deleting the stack', () => {
  const remains = {
    containers: ['watchtower-alloy-1'],
    volumes: [{ name: 'watchtower_tempo', holds: 'traces', bytes: 1024 ** 3 }],
  };

  it('names what is lost and wants the name of the project typed', async () => {
    host.feed('host', 'status', docker);
    feedStack(makeStack());
    host.answer('backend', 'remains', () => remains);
    host.answer('backend', 'clean', () => remains);
    const { user } = await openPanel('/stack');
    await user.click(await screen.findByRole('button', { name: 'Delete stack and data…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete the stack “watchtower”?' });
    expect(await within(dialog).findByText(/traces, 1\.0+ GiB, volume/)).toBeTruthy();
    const remove = within(dialog).getByRole('button', { name: 'Delete all' });
    expect(isDisabled(remove)).toBe(true);
    await user.type(within(dialog).getByLabelText('Type watchtower to confirm'), 'watchtower');
    await user.click(remove);
    expect(await screen.findByText('The stack is deleted')).toBeTruthy();
    expect(host.inputsOf('backend.clean')).toEqual([{ backend: 'docker', confirm: true }]);
  });

  it('offers nothing to delete where nothing is there', async () => {
    host.feed('host', 'status', docker);
    feedStack(makeStack());
    host.answer('backend', 'remains', () => ({ containers: [], volumes: [] }));
    const { user } = await openPanel('/stack');
    await user.click(await screen.findByRole('button', { name: 'Delete stack and data…' }));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText('There is nothing to delete.')).toBeTruthy();
    expect(within(dialog).queryByRole('button', { name: 'Delete all' })).toBeNull();
  });
});

describe('the log of a service', () => {
  const line = (text: string, at = Date.UTC(2026, 7, 14, 12)) => ({ at, stream: 'stdout' as const, text });

  it('shows the last lines, then each as it comes, and narrows them to a text', async () => {
    host.feed('host', 'status', docker);
    feedStack(readyStack);
    const follow = host.feed('backend', 'logs');
    host.answer('backend', 'logs', (input, call) =>
      input.follow
        ? follow.open(call)
        : (async function* () {
            yield { lines: [line('level=info msg="ready"'), line('level=error msg="no disk"')] };
          })(),
    );
    const { user, copied, address } = await openPanel('/stack?log=alloy');
    const log = await screen.findByRole('region', { name: 'Log of Alloy' });
    expect(await within(log).findByText(/no disk/)).toBeTruthy();
    await waitFor(() => expect(follow.listening).toBe(1));
    follow.push({ lines: [line('level=info msg="and on"')] });
    expect(await within(log).findByText(/and on/)).toBeTruthy();
    expect(within(log).getByText('3 lines')).toBeTruthy();
    await user.type(within(log).getByLabelText('Search in the log'), 'DISK');
    expect(await within(log).findByText('1 of 3 lines')).toBeTruthy();
    await user.click(within(log).getByRole('button', { name: 'Copy 1 lines of Alloy' }));
    expect(copied()).toMatch(/no disk/);
    await user.click(within(log).getByRole('button', { name: 'Close the log' }));
    await waitFor(() => expect(address()).toBe('/stack'));
  });

  it('says that a service without a container has written nothing', async () => {
    host.feed('host', 'status', docker);
    feedStack(makeStack());
    await openPanel('/stack?log=tempo');
    expect(await screen.findByText('Tempo has written nothing')).toBeTruthy();
    expect(screen.getByText(/It does not run/)).toBeTruthy();
  });
});

it('keeps the time window for the page that comes next', async () => {
  feedStack(makeStack());
  host.answer('metrics', 'names', () => []);
  const { user, address } = await openPanel('/metrics?since=6h');
  await user.click(await screen.findByRole('link', { name: 'Stack' }));
  await waitFor(() => expect(address()).toBe('/stack?since=6h'));
  await user.click(screen.getByRole('link', { name: 'Metrics' }));
  await waitFor(() => expect(address()).toBe('/metrics?since=6h'));
});
