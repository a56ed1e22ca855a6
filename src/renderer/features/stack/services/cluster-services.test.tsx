// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { BackendService, BackendStatus } from '../../../../shared/contract/backend';
import { feedStacks } from '../../../test-host/feed-stacks';
import {
  makeCluster,
  makeRunning,
  makeService,
  makeSettings,
  makeStack,
  makeStatus,
} from '../../../test-host/host-data';
import { isDisabled } from '../../../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { host } from '../../../test-host/test-page';

withScriptedHost();

async function open(cluster: Partial<BackendStatus>, address = '/stack') {
  host.feed('host', 'status', makeStatus({ backend: 'kubernetes' }));
  const feeds = feedStacks({ kubernetes: makeCluster(cluster) });
  const panel = await openPanel(address);
  const state = within(await screen.findByRole('region', { name: 'State of Kubernetes' }));
  return { ...panel, feeds, state };
}

const steps: BackendStatus['steps'] = [
  { name: 'cluster', title: 'Make the cluster', state: 'done', detail: '' },
  { name: 'tempo', title: 'Install Tempo', state: 'running', detail: 'Pulling image grafana/tempo' },
  { name: 'loki', title: 'Install Loki', state: 'waiting', detail: '' },
];
const failedAt = (detail: string): BackendStatus['steps'] => [
  steps[0]!,
  { ...steps[1]!, state: 'failed', detail },
  steps[2]!,
];

describe('a start of many steps', () => {
  it('shows each, with the newest line of the one under way, until it runs', async () => {
    const { feeds, state } = await open({ state: 'starting', step: 'Installing Tempo', steps });
    const section = within(screen.getByRole('heading', { name: 'Steps of the start' }).closest('section')!);
    expect(section.getByText('1 of 3 done')).toBeTruthy();
    const current = screen.getByText('Install Tempo').closest('li')!;
    expect(current.getAttribute('aria-current')).toBe('step');
    expect(within(current).getByText('Pulling image grafana/tempo')).toBeTruthy();
    expect(state.getByRole('button', { name: 'Cancel' })).toBeTruthy();
    feeds.kubernetes.push(makeCluster({ state: 'ready', steps: steps.map((step) => ({ ...step, state: 'done' })) }));
    await waitFor(() => expect(screen.queryByText('Steps of the start')).toBeNull());
  });

  it('is cancelled, and goes on where it was left', async () => {
    host.answer('backend', 'cancel', () => makeCluster());
    host.answer('backend', 'up', () => makeCluster());
    const { user, feeds, state } = await open({ state: 'starting', steps });
    await user.click(state.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(host.inputsOf('backend.cancel')).toEqual([{ backend: 'kubernetes' }]));
    const cancelled = steps.map((step) => (step.state === 'running' ? { ...step, state: 'waiting' as const } : step));
    feeds.kubernetes.push(makeCluster({ state: 'stopped', steps: cancelled }));
    expect(await screen.findByText(/goes on with the first step that is not/)).toBeTruthy();
    await user.click(await state.findByRole('button', { name: 'Go on' }));
    await waitFor(() => expect(host.inputsOf('backend.up')).toEqual([{ backend: 'kubernetes' }]));
  });

  it('keeps the step that failed in sight, with what it said', async () => {
    const problem = { kind: 'stack-not-ready', message: 'Tempo could not be installed.' } as const;
    const { state } = await open({ state: 'failed', problem, steps: failedAt('no space left on device') });
    expect(screen.getByText('no space left on device')).toBeTruthy();
    expect(within(state.getByRole('alert')).getByRole('button', { name: 'Go on' })).toBeTruthy();
  });

  it('is none of one that was never begun', async () => {
    const waiting = steps.map((step) => ({ ...step, state: 'waiting' as const, detail: '' }));
    const { state } = await open({ state: 'stopped', steps: waiting });
    expect(state.getByRole('button', { name: 'Start' })).toBeTruthy();
    expect(screen.queryByText('Steps of the start')).toBeNull();
  });
});

describe('the services in a cluster', () => {
  const at = (seconds: number) => Date.now() - seconds * 1000;
  /** Its event is of five seconds before it is asked for, however long the tests before took. */
  const pending = (): BackendService =>
    makeService({
      name: 'mimir-ingester',
      state: 'created',
      replicas: { ready: 0, wanted: 1 },
      events: [{ at: at(5), type: 'warning', reason: 'FailedScheduling', message: '0/1 nodes: Insufficient memory.' }],
      problem: { kind: 'service-not-ready', message: 'No node has room for Mimir.', hint: 'Give Docker more memory.' },
    });

  it('tell how many pods of each are ready', async () => {
    const some = makeRunning('loki', { replicas: { ready: 1, wanted: 3 }, state: 'unready', events: [] });
    const all = makeRunning('tempo', { replicas: { ready: 1, wanted: 1 }, events: [] });
    await open({ state: 'degraded', services: [some, pending(), all] });
    const rowOf = (title: string) => within(screen.getAllByText(title)[0]!.closest('tr')!);
    expect(rowOf('Loki').getByText('1 of 3 pods ready')).toBeTruthy();
    expect(rowOf('Mimir-ingester').getByText('0 of 1 pod ready')).toBeTruthy();
    expect(rowOf('Tempo').queryByText(/pods? ready/)).toBeNull();
    expect(screen.getByText('Give Docker more memory.')).toBeTruthy();
  });

  it('show what the cluster noted, the newest first, and warnings by number', async () => {
    const events = Array.from({ length: 9 }, (_, index) => ({
      at: at(60 + index),
      type: 'normal' as const,
      reason: `Pulled${index}`,
      message: 'Image is there',
    }));
    const { user } = await open({ state: 'degraded', services: [makeRunning('loki', { events }), pending()] });
    const list = within(screen.getByRole('list', { name: 'Events' }));
    expect(screen.getByText('1 warning')).toBeTruthy();
    expect(list.getAllByRole('listitem')[0]!.textContent).toMatch(/FailedScheduling.*Insufficient memory/);
    expect(list.getAllByRole('listitem')).toHaveLength(8);
    await user.click(screen.getByRole('button', { name: 'Show all 10' }));
    expect(list.getAllByRole('listitem')).toHaveLength(10);
  });

  it('have no events where nothing notes any', async () => {
    await open({ state: 'ready', services: [makeRunning('loki')] });
    expect(screen.queryByRole('heading', { name: 'Events' })).toBeNull();
  });
});

describe('the cluster', () => {
  const absent = {
    state: 'absent',
    endpoint: '',
    reason: 'kind cluster watchtower',
    problem: { kind: 'engine-absent', message: 'The cluster was not made yet.' },
  } as const;

  it('that the start makes is no problem, and does not hinder the start', async () => {
    host.answer('backend', 'up', () => makeCluster());
    const { user, state } = await open({ runtime: { ...absent, startable: true } });
    expect(screen.getByText('The cluster was not made yet. The start makes it.')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    await user.click(state.getByRole('button', { name: 'Start' }));
    await waitFor(() => expect(host.inputsOf('backend.up')).toHaveLength(1));
  });

  it('that was there and is gone is told once, and brought back by the start', async () => {
    const problem = { kind: 'cluster-absent', message: 'Nothing listens where the context leads.' } as const;
    const gone = { ...absent, endpoint: 'https://127.0.0.1:6443', problem, startable: true };
    await open({ state: 'degraded', problem, runtime: gone, services: [makeRunning('tempo')] });
    expect(await screen.findAllByText(/Nothing listens where the context leads/)).toHaveLength(1);
    expect(screen.getAllByText('does not answer, the start brings it back').length).toBeGreaterThan(0);
    expect(screen.queryByText(/made by the start|The start makes it/)).toBeNull();
  });

  it('that is not there and cannot be made is told, and nothing can be started on it', async () => {
    const { state } = await open({ runtime: absent });
    expect(within(screen.getByRole('alert')).getByText('The cluster was not made yet.')).toBeTruthy();
    expect(isDisabled(state.getByRole('button', { name: 'Start' }))).toBe(true);
  });

  it('is named, and its name typed, before it is deleted', async () => {
    host.answer('backend', 'remains', () => ({ containers: ['kind cluster watchtower'], volumes: [] }));
    const { user } = await open({ state: 'ready', services: [makeRunning('tempo')] });
    await user.click(screen.getByRole('button', { name: 'Delete stack and data…' }));
    const dialog = within(
      await screen.findByRole('dialog', { name: 'Delete the stack “kind-watchtower/watchtower”?' }),
    );
    expect(await dialog.findByText('kind cluster watchtower')).toBeTruthy();
    const remove = dialog.getByRole('button', { name: 'Delete all' });
    expect(isDisabled(remove)).toBe(true);
    await user.type(dialog.getByLabelText('Type kind-watchtower/watchtower to confirm'), 'kind-watchtower/watchtower');
    expect(isDisabled(remove)).toBe(false);
  });
});

it('shows beside it the Docker stack that runs too, each with its own logs', async () => {
  host.feed('backend', 'logs');
  host.feed('host', 'status', makeStatus({ backend: 'kubernetes' }));
  const services = [makeRunning('tempo')];
  feedStacks({
    docker: makeStack({ state: 'ready', services }),
    kubernetes: makeCluster({ state: 'ready', services }),
  });
  const { user, address } = await openPanel('/stack');
  expect(await screen.findByRole('region', { name: 'State of Kubernetes' })).toBeTruthy();
  expect(await screen.findByRole('region', { name: 'State of the Docker stack' })).toBeTruthy();
  const [ofCluster, ofStack] = screen.getAllByRole('button', { name: 'Log of Tempo' });
  await user.click(ofStack!);
  await waitFor(() => expect(address()).toBe('/stack?log=tempo&of=docker'));
  expect(host.inputsOf('backend.logs').at(-1)).toMatchObject({ backend: 'docker', service: 'tempo' });
  await user.click(ofCluster!);
  await waitFor(() => expect(address()).toBe('/stack?log=tempo'));
  await waitFor(() => expect(host.inputsOf('backend.logs').at(-1)).toMatchObject({ backend: 'kubernetes' }));
});

describe('the switch to a cluster', () => {
  const openSwitch = async (settings: Parameters<typeof makeSettings>[0] = {}) => {
    host.feed('host', 'status', makeStatus());
    host.answer('host', 'settings', () => makeSettings(settings));
    host.answer('host', 'switchBackend', () => makeStatus({ backend: 'kubernetes' }));
    feedStacks({ kubernetes: makeCluster() });
    const { user } = await openPanel('/stack?switch=kubernetes');
    const dialog = within(await screen.findByRole('dialog'));
    const context = await dialog.findByLabelText<HTMLInputElement>('Context of the kubeconfig');
    const confirm = () => user.click(dialog.getByRole('button', { name: 'Switch' }));
    return { user, dialog, context, confirm };
  };
  const asked = () => host.inputsOf('host.switchBackend');

  it('means our own unless another is named', async () => {
    const { context, confirm } = await openSwitch();
    expect(context.value).toBe('kind-watchtower');
    await confirm();
    await waitFor(() => expect(asked()).toEqual([{ backend: 'kubernetes' }]));
  });

  it('names the one that a person wrote, and says that nothing is deployed there yet', async () => {
    const { user, dialog, context, confirm } = await openSwitch();
    await user.clear(context);
    expect(isDisabled(dialog.getByRole('button', { name: 'Switch' }))).toBe(true);
    await user.type(context, ' team-staging ');
    expect(dialog.getByText('team-staging, namespace watchtower')).toBeTruthy();
    await confirm();
    await waitFor(() => expect(asked()).toEqual([{ backend: 'kubernetes', context: 'team-staging' }]));
  });

  it('keeps the one that was named before, and can go back to ours', async () => {
    const { user, context, confirm } = await openSwitch({ kubernetes: { context: 'team-staging' } });
    await waitFor(() => expect(context.value).toBe('team-staging'));
    await user.clear(context);
    await user.type(context, 'kind-watchtower');
    await confirm();
    await waitFor(() => expect(asked()).toEqual([{ backend: 'kubernetes', context: 'kind-watchtower' }]));
  });
});
