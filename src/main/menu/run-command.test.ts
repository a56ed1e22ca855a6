import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import type { HostClient } from '../../core/http/client/create-host-client';
import { testView } from '../host/test-view';
import type { Command } from './command';
import { runCommand } from './run-command';

const refusal = { kind: 'other-backend', message: 'Not now.', hint: 'Switch first.' };

function open(client: object | null = {}) {
  const done: unknown[][] = [];
  const note =
    (name: string) =>
    (...args: unknown[]) =>
      void done.push([name, ...args]);
  const run = (command: Command) =>
    runCommand(command, {
      view: () => testView(),
      client: () => client as HostClient | null,
      takeOver: async () => null,
      copy: note('copy'),
      openPanel: note('open-panel'),
      openOutside: note('open-outside'),
      saveDiagnostics: async () => null,
      showAbout: note('about'),
      checkUpdates: async () => {},
      quit: note('quit'),
    });
  return { done, run };
}

describe('runCommand', () => {
  it('copies the env block of the shell that was chosen, for the service of the settings', async () => {
    const asked: object[] = [];
    const env = async (input: object) => {
      asked.push(input);
      return { steps: [{ code: 'export A=1' }, { code: 'export B=2' }] };
    };
    const { done, run } = open({ snippets: { env } });
    expect(await run({ do: 'copy-env', shell: 'dotenv', title: '.env' })).toBeNull();
    expect(asked).toEqual([{ serviceName: 'shop', shell: 'dotenv' }]);
    expect(done).toEqual([['copy', 'export A=1\nexport B=2']]);
  });

  it('answers with the problem that the host gives as its reason', async () => {
    const stop = () => Promise.reject(new ORPCError('BACKEND', { status: 409, message: 'Not now.', data: refusal }));
    expect(await open({ host: { stop } }).run({ do: 'stop' })).toEqual(refusal);
    const toggle = () => Promise.reject(new Error('socket hang up'));
    expect(
      await open({ destinations: { toggle } }).run({ do: 'toggle', id: 'a', name: 'A', enabled: true }),
    ).toMatchObject({ kind: 'command-failed', message: 'socket hang up.' });
  });

  it('does what needs no host without one, and says so of the rest', async () => {
    const { done, run } = open(null);
    expect(await run({ do: 'open-panel', path: '/stack' })).toBeNull();
    expect(await run({ do: 'quit' })).toBeNull();
    expect(done).toEqual([['open-panel', '/stack'], ['quit']]);
    expect(await run({ do: 'start' })).toMatchObject({ kind: 'no-host' });
  });
});
