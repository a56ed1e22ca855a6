// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { testCapabilities } from '../../shared/test-capabilities';
import { makeStatus } from '../test-host/host-data';
import { openPanel, withScriptedHost } from '../test-host/open-panel';
import { refuseAsDown } from '../test-host/refuse';
import { makeLine, someTime } from '../test-host/telemetry-data';
import { host } from '../test-host/test-page';

withScriptedHost();

const givenUp = makeStatus({
  state: 'failed',
  problems: [
    {
      id: 'engine-failed',
      kind: 'engine-crash-loop',
      message: 'The engine ended 6 times within a minute; the last one was ended by SIGKILL.',
      hint: 'Start it again.',
    },
  ],
});

it('says on a page of telemetry that the engine was given up, keeps what it shows, and starts it', async () => {
  const status = host.feed('host', 'status', makeStatus());
  host.answer('logs', 'labelValues', () => []);
  host.answer('logs', 'volume', () => []);
  host.answer('logs', 'query', () => ({ records: [makeLine('kept')] }));
  const tail = host.feed('logs', 'tail');
  host.answer('host', 'start', () => makeStatus({ state: 'starting' }));
  const { user } = await openPanel('/logs');
  await screen.findByText('kept');
  await waitFor(() => expect(tail.listening).toBe(1));
  status.push(givenUp);
  expect(await screen.findByText('The embedded engine does not run.')).toBeTruthy();
  expect(screen.getByText(/ended 6 times within a minute/)).toBeTruthy();
  expect(screen.getByText('not live')).toBeTruthy();
  expect(screen.getByText('kept')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Start the embedded engine' }));
  await waitFor(() => expect(host.inputsOf('host.start')).toHaveLength(1));
  status.push(makeStatus({ state: 'starting' }));
  expect(await screen.findByText('reconnecting')).toBeTruthy();
  status.push(makeStatus());
  expect(await screen.findByText('live')).toBeTruthy();
  expect(screen.queryByText('The embedded engine does not run.')).toBeNull();
});

it('asks again what failed meanwhile, once the engine is there', async () => {
  const status = host.feed('host', 'status', makeStatus());
  let isUp = false;
  localStorage.setItem('logs.fields', 'on');
  host.feed('logs', 'tail');
  host.answer('logs', 'labelValues', () => []);
  host.answer('logs', 'volume', () => []);
  host.answer('logs', 'query', () => ({ records: [makeLine('kept')] }));
  host.answer('logs', 'fields', () => {
    const fields = [{ name: 'order_id', kind: 'metadata' as const, type: 'int', cardinality: 9 }];
    return isUp ? { fields, leftOut: [] } : refuseAsDown();
  });
  await openPanel(`/logs?from=${someTime}&to=${someTime + 600_000}`);
  expect(await screen.findByText('It does not answer.')).toBeTruthy();
  status.push(givenUp);
  await screen.findByText('The embedded engine does not run.');
  isUp = true;
  status.push(makeStatus());
  expect(await screen.findByText('order_id')).toBeTruthy();
  expect(screen.queryByText('It does not answer.')).toBeNull();
});

it('leads to its addresses where somebody else runs it', async () => {
  const status = host.feed('host', 'status', makeStatus());
  await openPanel('/settings');
  status.push(
    makeStatus({
      backend: 'external',
      state: 'failed',
      capabilities: { ...testCapabilities('external'), lifecycle: false },
    }),
  );
  expect(await screen.findByText('The external backend does not answer.')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Edit the external backend' }).getAttribute('href')).toContain(
    'setup=external',
  );
});
