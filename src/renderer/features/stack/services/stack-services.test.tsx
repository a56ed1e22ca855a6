// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { BackendService, BackendStatus } from '../../../../shared/contract/backend';
import { feedStack } from '../../../test-host/feed-stacks';
import { makeRunning, makeService, makeStack, makeStatus } from '../../../test-host/host-data';
import { isDisabled } from '../../../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const mib = 1024 ** 2;

async function open(services: BackendService[], stack: Partial<BackendStatus> = {}) {
  host.feed('host', 'status', makeStatus({ backend: 'docker' }));
  feedStack(makeStack({ state: 'ready', services, ...stack }));
  const panel = await openPanel('/stack');
  const table = await screen.findByRole('table');
  const rowOf = (title: string) => within(table).getByText(title).closest('tr')!;
  return { ...panel, table: within(table), rowOf };
}

describe('a service that runs', () => {
  it('tells how long, and what it uses of what it may', async () => {
    const { rowOf } = await open([
      makeRunning('tempo', { cpu: 0.1234, memoryBytes: 460 * mib, memoryLimitBytes: 512 * mib }),
      makeRunning('loki', { cpu: 2, memoryBytes: 100 * mib, memoryLimitBytes: 512 * mib }),
    ]);
    const tempo = within(rowOf('Tempo'));
    for (const text of ['ready', /^1 m 3\d s$/, '12.3 %', '460 MiB of 512 MiB'])
      expect(tempo.getByText(text)).toBeTruthy();
    const bar = (title: string) => screen.getByRole('progressbar', { name: `Memory of ${title}` });
    expect(bar('Tempo').getAttribute('aria-valuetext')).toBe('460 MiB of 512 MiB');
    expect(bar('Tempo').querySelector('.bg-bad')).toBeNull();
    expect(within(rowOf('Loki')).getByTitle('2.000 cores')).toBeTruthy();
  });

  it('is marked where it is about to be ended for its memory', async () => {
    await open([makeRunning('tempo', { memoryBytes: 470 * mib, memoryLimitBytes: 512 * mib })]);
    expect(screen.getByRole('progressbar', { name: 'Memory of Tempo' }).querySelector('.bg-bad')).toBeTruthy();
  });

  it('has no bar where it has no limit, and no number where none was measured', async () => {
    const { rowOf } = await open([makeRunning('tempo', { memoryBytes: 470 * mib }), makeRunning('loki')]);
    expect(within(rowOf('Tempo')).getByText('470 MiB')).toBeTruthy();
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(within(rowOf('Loki')).queryByText(/%|MiB/)).toBeNull();
  });

  it('gives its addresses to copy and to open, those for a browser alone', async () => {
    const ports = [
      { name: 'OTLP gRPC', address: 'localhost:4317' },
      { name: 'web', address: 'localhost:12345', url: 'http://localhost:12345' },
    ];
    const { user, copied, rowOf } = await open([makeRunning('alloy', { ports })]);
    const alloy = within(rowOf('Alloy'));
    await user.click(alloy.getByRole('button', { name: 'Copy the OTLP gRPC address of Alloy' }));
    expect(copied()).toBe('localhost:4317');
    await user.click(alloy.getByRole('button', { name: 'Copy the web address of Alloy' }));
    expect(copied()).toBe('http://localhost:12345');
    expect(alloy.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['http://localhost:12345']);
  });
});

describe('a service that does not run', () => {
  it('says how it ended, and is not called up', async () => {
    const { rowOf } = await open([makeRunning('loki', { state: 'exited', exitCode: 3, crashes: 1 })]);
    expect(within(rowOf('Loki')).getByText('exit code 3, 1 crash')).toBeTruthy();
    expect(within(rowOf('Loki')).queryByTitle(/^Since/)).toBeNull();
  });

  it('cannot be restarted without a container', async () => {
    const { rowOf } = await open([makeService({ name: 'loki' })]);
    expect(within(rowOf('Loki')).getByText('not there')).toBeTruthy();
    expect(isDisabled(within(rowOf('Loki')).getByRole('button', { name: 'Restart Loki' }))).toBe(true);
  });
});

describe('its buttons', () => {
  it('restart one at a time', async () => {
    let done = () => {};
    const answered = makeStack();
    host.answer('backend', 'restartService', () => new Promise((resolve) => (done = () => resolve(answered))));
    const { user } = await open([makeRunning('tempo'), makeRunning('loki')]);
    await user.click(screen.getByRole('button', { name: 'Restart Tempo' }));
    const other = screen.getByRole('button', { name: 'Restart Loki' });
    await waitFor(() => expect(isDisabled(other)).toBe(true));
    await waitFor(() =>
      expect(host.inputsOf('backend.restartService')).toEqual([{ backend: 'docker', service: 'tempo' }]),
    );
    done();
    await waitFor(() => expect(isDisabled(other)).toBe(false));
  });

  it('open and shut the log', async () => {
    host.feed('backend', 'logs');
    const { user, address } = await open([makeRunning('tempo')]);
    await user.click(screen.getByRole('button', { name: 'Log of Tempo', pressed: false }));
    await waitFor(() => expect(address()).toBe('/stack?log=tempo'));
    await user.click(screen.getByRole('button', { name: 'Log of Tempo', pressed: true }));
    await waitFor(() => expect(address()).toBe('/stack'));
  });

  it('say why a restart was refused', async () => {
    const problem = { kind: 'stack-not-running', message: 'The stack is stopping.' } as const;
    host.answer('backend', 'restartService', refuse('STACK', problem));
    const { user } = await open([makeRunning('tempo')]);
    await user.click(screen.getByRole('button', { name: 'Restart Tempo' }));
    expect(await screen.findByText('The stack is stopping.')).toBeTruthy();
  });
});
