// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Settings } from '../../../shared/contract/host';
import { makeSettings, makeStatus } from '../../test-host/host-data';
import { isDisabled } from '../../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuse } from '../../test-host/refuse';
import { host } from '../../test-host/test-page';

withScriptedHost();

async function open(...allowedHosts: string[]) {
  let settings = makeSettings({ allowedHosts });
  host.answer('host', 'settings', () => settings);
  host.answer('host', 'updateSettings', (patch) => {
    settings = { ...settings, ...patch } as Settings;
    return settings;
  });
  const panel = await openPanel('/settings');
  const input = (await screen.findByLabelText('Name of a host')) as HTMLInputElement;
  return { ...panel, input };
}
const changes = () => host.inputsOf('host.updateSettings');
const listed = () =>
  within(screen.getByRole('list', { name: 'Allowed hosts' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);

it('takes a name in small letters, behind those that are there, and empties the field', async () => {
  const { user, input } = await open('host.lima.internal');
  await user.type(input, ' Host.Docker.Internal {Enter}');
  await waitFor(() => expect(changes()).toEqual([{ allowedHosts: ['host.lima.internal', 'host.docker.internal'] }]));
  await waitFor(() => expect(listed()).toEqual(['host.lima.internal', 'host.docker.internal']));
  expect((screen.getByLabelText('Name of a host') as HTMLInputElement).value).toBe('');
});

it.each(['http://a', 'a:80', '10.0.0.1:4318', '*.internal', 'a/b', 'a b'])(
  'refuses %s, and says what a name is',
  async (name) => {
    const { user, input } = await open();
    await user.type(input, `${name}{Enter}`);
    const note = await screen.findByText(/a name alone, without a scheme, a port or a path/);
    expect(input.getAttribute('aria-describedby')).toBe(note.id);
    expect(isDisabled(screen.getByRole('button', { name: 'Add' }))).toBe(true);
    expect(changes()).toEqual([]);
  },
);

it('takes an address of the newer kind, whose colons are no port', async () => {
  const { user, input } = await open();
  await user.type(input, 'fd00::1{Enter}');
  await waitFor(() => expect(changes()).toEqual([{ allowedHosts: ['fd00::1'] }]));
});

it('says of a name that it is in the list already', async () => {
  const { user, input } = await open('host.lima.internal');
  await user.type(input, 'HOST.lima.internal{Enter}');
  expect(await screen.findByText('It is in the list already.')).toBeTruthy();
  expect(changes()).toEqual([]);
});

it('removes one and keeps the others', async () => {
  const { user } = await open('a.internal', 'b.internal');
  await user.click(await screen.findByRole('button', { name: 'Remove a.internal' }));
  await waitFor(() => expect(changes()).toEqual([{ allowedHosts: ['b.internal'] }]));
  await waitFor(() => expect(listed()).toEqual(['b.internal']));
});

it('keeps the list as it was where the host could not write it, and says why', async () => {
  const { user } = await open('a.internal');
  const problem = { kind: 'settings-not-written', message: 'The disk is full.', hint: 'Make room.' } as const;
  host.answer('host', 'updateSettings', refuse('BACKEND', problem));
  await user.click(await screen.findByRole('button', { name: 'Remove a.internal' }));
  expect(await screen.findByText('The disk is full.')).toBeTruthy();
  expect(screen.getByText('Make room.')).toBeTruthy();
  expect(listed()).toEqual(['a.internal']);
});

it('says what this is, for a report of a fault, and where its data lies', async () => {
  host.feed('host', 'status', makeStatus({ version: '1.2.3', pid: 99 }));
  const { user, copied } = await open();
  expect(await screen.findByText('pid 99')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Copy version' }));
  expect(copied()).toBe('Watchtower 1.2.3, headless');
  await user.click(screen.getByRole('button', { name: 'Copy data' }));
  expect(copied()).toBe('/home/ada/.watchtower/data');
});

it('says why the checks could not be run, and runs them again when told', async () => {
  host.answer('host', 'doctor', refuse('BACKEND', { message: 'It is stopping.' }));
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: 'Run the checks' }));
  expect(await screen.findByText('It is stopping.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /copy the checks/ })).toBeNull();
  host.answer('host', 'doctor', () => [{ name: 'Disk', state: 'warning' as const, message: '2 GiB are free.' }]);
  await user.click(await screen.findByRole('button', { name: 'Run the checks' }));
  expect(await screen.findByText('2 GiB are free.')).toBeTruthy();
  expect(screen.queryByText('It is stopping.')).toBeNull();
});
