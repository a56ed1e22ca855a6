// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import type { ServiceLogLine } from '../../../../shared/contract/backend';
import { feedStack } from '../../../test-host/feed-stacks';
import { makeRunning, makeStack, makeStatus } from '../../../test-host/host-data';
import { isDisabled } from '../../../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import type { ScriptedFeed } from '../../../test-host/scripted-feed';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const line = (text: string, at = 0): ServiceLogLine => ({ at: Date.UTC(2026, 7, 14, 12) + at, stream: 'stdout', text });

let written: Record<string, ServiceLogLine[]>;
let follow: ScriptedFeed<{ lines: ServiceLogLine[] }>;

beforeEach(() => {
  written = { alloy: [line('level=info first'), line('level=error second', 1)] };
  host.feed('host', 'status', makeStatus({ backend: 'docker' }));
  follow = host.feed('backend', 'logs');
  host.answer('backend', 'logs', (input, call) => {
    const lines = written[input.service] ?? [];
    return input.follow
      ? follow.open(call)
      : (async function* () {
          yield { lines };
        })();
  });
});

async function open() {
  const services = [makeRunning('alloy'), makeRunning('tempo')];
  const stack = feedStack(makeStack({ state: 'ready', services }));
  const panel = await openPanel('/stack?log=alloy');
  return { ...panel, stack, log: within(await screen.findByRole('region', { name: 'Log of Alloy' })) };
}

it('tells the level of each line, as far as the line says one', async () => {
  written.alloy!.push(line('plain', 2));
  const { log } = await open();
  await log.findByText('plain');
  const rows = log.getAllByRole('option').map(({ textContent }) => textContent!.replace(/^[\d:.]+/, ''));
  expect(rows).toEqual(['infolevel=info first', 'errorlevel=error second', '–plain']);
});

it('shows a chosen line whole, to be copied, and holds still meanwhile', async () => {
  const long = `${'x'.repeat(700)} end`;
  written.alloy = [line(long)];
  const { user, copied, log } = await open();
  await user.click(await log.findByRole('option'));
  expect(await log.findByText(long)).toBeTruthy();
  await user.click(log.getByRole('button', { name: 'Copy the line' }));
  expect(copied()).toBe(long);
  await waitFor(() => expect(follow.listening).toBe(1));
  follow.push({ lines: [line('later', 5)] });
  await user.click(await log.findByRole('button', { name: '1 new' }));
  expect(await log.findByText('later')).toBeTruthy();
  expect(log.queryByText(long)).toBeNull();
});

it('is paused and followed again', async () => {
  const { user, log } = await open();
  await log.findByText(/second/);
  await waitFor(() => expect(follow.listening).toBe(1));
  await user.click(log.getByRole('button', { name: 'Pause' }));
  expect(await log.findByText('held')).toBeTruthy();
  follow.push({ lines: [line('third', 2)] });
  expect(await log.findByText('1 new')).toBeTruthy();
  await user.click(log.getByRole('button', { name: 'Follow' }));
  expect(await log.findByText('third')).toBeTruthy();
});

it('says that no line holds the text, and not that none was written', async () => {
  const { user, log } = await open();
  await log.findByText(/second/);
  await user.type(log.getByLabelText('Search in the log'), 'zzz');
  expect(await log.findByText('No line holds this text')).toBeTruthy();
  expect(log.getByText('0 of 2 lines')).toBeTruthy();
  expect(isDisabled(log.getByRole('button', { name: 'Pause' }))).toBe(true);
});

it('changes to the log of another service, with nothing of the one before', async () => {
  written.tempo = [line('level=info of tempo')];
  const { user, log, address } = await open();
  await log.findByText(/second/);
  await user.click(log.getByRole('combobox', { name: 'Service' }));
  await user.click(await screen.findByRole('option', { name: 'Tempo' }));
  await waitFor(() => expect(address()).toBe('/stack?log=tempo'));
  const other = within(await screen.findByRole('region', { name: 'Log of Tempo' }));
  expect(await other.findByText(/of tempo/)).toBeTruthy();
  expect(other.queryByText(/second/)).toBeNull();
});

it('goes on with the lines of a new container behind those of the old one, each once', async () => {
  const { log, stack } = await open();
  await log.findByText(/second/);
  written.alloy = [line('level=error second', 1), line('level=info anew', 9)];
  stack.push(makeStack({ state: 'ready', services: [makeRunning('alloy', { instance: 'alloy-2' })] }));
  expect(await log.findByText(/anew/)).toBeTruthy();
  expect(log.getAllByText(/second/)).toHaveLength(1);
  expect(log.getByText('3 lines')).toBeTruthy();
});

it('says why there are none', async () => {
  host.answer('backend', 'logs', refuse('STACK', { kind: 'engine-lost', message: 'The engine went away.' }));
  const { log } = await open();
  expect(await log.findByText('The engine went away.')).toBeTruthy();
  expect(log.queryByText(/has written nothing/)).toBeNull();
});
