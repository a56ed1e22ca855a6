// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { BackendStatus, PullProgress } from '../../../../shared/contract/backend';
import type { HostStatus } from '../../../../shared/contract/host';
import { feedStack } from '../../../test-host/feed-stacks';
import { makeRunning, makeStack, makeStatus } from '../../../test-host/host-data';
import { isDisabled } from '../../../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const runs = [makeRunning('alloy'), makeRunning('tempo')];
const absent = { state: 'absent', endpoint: '', reason: '' } as const;

async function open(stack: Partial<BackendStatus>, status: Partial<HostStatus> = { backend: 'docker' }) {
  host.feed('host', 'status', makeStatus(status));
  const feed = feedStack(makeStack(stack));
  const panel = await openPanel('/stack');
  const state = within(await screen.findByRole('region', { name: 'State of the Docker stack' }));
  const buttons = () => state.getAllByRole('button').map(({ textContent }) => textContent);
  return { ...panel, feed, state, buttons };
}

describe('what can be done', () => {
  it.each([
    ['stopped', [], ['Start']],
    ['ready', runs, ['Stop']],
    ['degraded', runs, ['Mend it', 'Stop']],
    ['preparing', [], ['Cancel']],
    ['stopping', runs, ['Stopping']],
  ] as const)('with a stack that is %s', async (state, services, expected) => {
    const { buttons } = await open({ state, services: [...services] });
    expect(buttons()).toEqual(expected);
  });

  it('is to stop, and no more, a stack beside the backend that holds the ports', async () => {
    host.answer('backend', 'down', () => makeStack());
    const { user, buttons, feed } = await open({ state: 'degraded', services: runs }, { backend: 'embedded' });
    expect(buttons()).toEqual(['Stop']);
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(host.inputsOf('backend.down')).toHaveLength(1));
    feed.push(makeStack());
    await waitFor(() => expect(screen.queryByRole('region', { name: 'State of the Docker stack' })).toBeNull());
  });

  it('is to try again where it failed, once there is an engine', async () => {
    const problem = { kind: 'service-not-ready', message: 'Tempo never answered.', hint: 'Look at its log.' } as const;
    host.answer('backend', 'up', () => makeStack());
    const failed = { state: 'failed' as const, problem };
    const { user, feed, state } = await open({ ...failed, runtime: absent });
    const alert = within(state.getByRole('alert'));
    expect(alert.getByText('Look at its log.')).toBeTruthy();
    expect(isDisabled(alert.getByRole('button', { name: 'Try again' }))).toBe(true);
    feed.push(makeStack(failed));
    const again = alert.getByRole('button', { name: 'Try again' });
    await waitFor(() => expect(isDisabled(again)).toBe(false));
    await user.click(again);
    await waitFor(() => expect(host.inputsOf('backend.up')).toHaveLength(1));
  });

  it('says what the host knows of a stack that could not be started, once', async () => {
    const problems: HostStatus['problems'] = [{ id: 'stack', kind: 'port-in-use', message: 'Port 3200 is held.' }];
    const { state } = await open({}, { backend: 'docker', problems });
    expect(state.getByText('Port 3200 is held.')).toBeTruthy();
    expect(state.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});

describe('one that was found running', () => {
  it('says who started it, and that it was taken over', async () => {
    const { state } = await open({ state: 'ready', adopted: true, services: runs });
    expect(state.getByText('found running')).toBeTruthy();
    expect(state.getByText(/started outside this window/)).toBeTruthy();
  });

  it('is not spoken of once it has stopped', async () => {
    const { state } = await open({ state: 'stopped', adopted: true });
    expect(state.queryByText('found running')).toBeNull();
    expect(state.getByText('Nothing runs; its data is kept')).toBeTruthy();
  });
});

it('offers Grafana only once it answers', async () => {
  const ports = [{ name: 'web', address: 'localhost:3000', url: 'http://localhost:3000' }];
  const grafana = (state: 'starting' | 'ready') => [makeRunning('grafana', { state, ports })];
  const { feed, state } = await open({ state: 'starting', services: grafana('starting') });
  expect(state.queryByRole('link', { name: 'Open Grafana' })).toBeNull();
  feed.push(makeStack({ state: 'ready', services: grafana('ready') }));
  expect(await state.findByRole('link', { name: 'Open Grafana' })).toBeTruthy();
});

describe('the images', () => {
  const image = (fields: Partial<PullProgress['images'][number]>) => ({
    image: 'grafana/tempo:3',
    state: 'pulling' as const,
    currentBytes: 0,
    totalBytes: 0,
    layers: [],
    ...fields,
  });
  const pulling = (...images: PullProgress['images']) =>
    open({ state: 'pulling', pull: { images, currentBytes: 0, totalBytes: 0, bytesPerSecond: 0 } });

  it('are told one by one: how far, what waits, what is here', async () => {
    await pulling(
      image({ currentBytes: 33, totalBytes: 100 }),
      image({ image: 'grafana/loki:3', state: 'waiting' }),
      image({ image: 'grafana/alloy:1', state: 'present' }),
    );
    expect(await screen.findByText('1 of 3 here')).toBeTruthy();
    expect(screen.getByText('asking for the sizes')).toBeTruthy();
    const value = (name: string) => screen.getByRole('progressbar', { name }).getAttribute('aria-valuetext');
    expect(['grafana/tempo:3', 'grafana/loki:3', 'grafana/alloy:1'].map(value)).toEqual([
      '33 %',
      'waits for its turn',
      'here',
    ]);
  });

  it('have layers, each with what becomes of it', async () => {
    const layer = (id: string, state: 'downloading' | 'done', currentBytes: number) => ({
      id,
      state,
      currentBytes,
      totalBytes: 200,
    });
    await pulling(image({ layers: [layer('aaa', 'downloading', 50), layer('bbb', 'done', 0)] }));
    const bars = ['Layer aaa', 'Layer bbb'].map((name) => screen.getByRole('progressbar', { name, hidden: true }));
    expect(bars.map((bar) => bar.getAttribute('aria-valuenow'))).toEqual(['25', '100']);
    expect(screen.getByText('2 layers')).toBeTruthy();
  });
});

it('says of a feed that is refused why, and shows the rest', async () => {
  host.answer('backend', 'status', refuse('STACK', { message: 'This host has no stack.', hint: 'Update it.' }));
  await openPanel('/stack');
  // Of the containers and of the cluster.
  await waitFor(() => expect(screen.getAllByText('This host has no stack.')).toHaveLength(2));
  expect(await screen.findByRole('button', { name: 'Restart the engine' })).toBeTruthy();
});

it('says where no engine is, that nothing else waits for one, and which would be taken', async () => {
  const problem = { kind: 'engine-absent', message: 'No engine answers.', hint: 'Start Docker.' } as const;
  const { user, copied } = await open({ runtime: { ...absent, endpoint: 'unix:///run/x.sock', problem } });
  expect(screen.getByText('Start Docker.')).toBeTruthy();
  expect(screen.getByText(/the embedded engine needs none/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Copy endpoint' }));
  expect(copied()).toBe('unix:///run/x.sock');
});
