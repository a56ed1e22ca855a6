// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { makeDelivery, makeDestination, makeDestinations } from '../../test-host/host-data';
import { isDisabled } from '../../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuse } from '../../test-host/refuse';
import { host } from '../../test-host/test-page';

withScriptedHost();

const card = (name: string) => screen.findByRole('listitem', { name });

describe('without any destination', () => {
  it('says that nothing leaves this machine, and what there can be', async () => {
    host.feed('destinations', 'status', makeDestinations([]));
    const { user, address } = await openPanel('/destinations');
    expect(await screen.findByRole('heading', { name: 'Nothing leaves this machine' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Add Grafana Cloud' }));
    await waitFor(() => expect(address()).toBe('/destinations?add=grafana-cloud'));
    expect(await screen.findByLabelText('Instance id')).toBeTruthy();
  });

  it('waits for the host before it claims anything', async () => {
    await openPanel('/destinations');
    expect(await screen.findByText('Waiting for the host')).toBeTruthy();
    expect(screen.queryByText('Nothing leaves this machine')).toBeNull();
  });
});

describe('one that is there', () => {
  it('is switched by its switch, which waits while the backend is changed', async () => {
    const feed = host.feed('destinations', 'status', makeDestinations([makeDestination({ enabled: false })]));
    let done = () => {};
    const after = makeDestinations([makeDestination()]);
    host.answer('destinations', 'toggle', () => new Promise((resolve) => (done = () => resolve(after))));
    const { user } = await openPanel('/destinations');
    const toggle = await screen.findByRole('switch', { name: 'Send to Team Sumo' });
    await user.click(toggle);
    expect(await screen.findByText('Switching on')).toBeTruthy();
    expect(isDisabled(toggle)).toBe(true);
    feed.push(after);
    done();
    expect(await screen.findByRole('heading', { name: 'A copy goes to Team Sumo' })).toBeTruthy();
    expect(host.inputsOf('destinations.toggle')).toEqual([{ id: 'sumo', enabled: true }]);
  });

  it('shows that the old setting holds where a switch failed', async () => {
    const problem = { kind: 'alloy-config-invalid', message: 'Alloy finds it invalid.' } as const;
    host.feed(
      'destinations',
      'status',
      makeDestinations([makeDestination()], { change: { state: 'failed', problem } }),
    );
    await openPanel('/destinations');
    expect(await screen.findByText('The old setting is still in force. Alloy finds it invalid.')).toBeTruthy();
  });

  it('tells what went, what waits, what was given up and the last error, which can be copied', async () => {
    const delivery = makeDelivery({
      state: 'failing',
      sent: { spans: 1500, logs: 20, points: 0 },
      dropped: { spans: 2, logs: 1, points: 0 },
      queued: 8,
      lastError: { at: Date.now() - 5000, message: '503 Service Unavailable', status: 503, lost: false },
    });
    host.feed('destinations', 'status', makeDestinations([makeDestination({ delivery })]));
    const { user, copied } = await openPanel('/destinations');
    const item = await card('Team Sumo');
    expect(within(item).getByText('Failing')).toBeTruthy();
    expect(within(item).getByTitle('1,500')).toBeTruthy();
    expect(within(item).getByTitle('2 spans, 1 log line')).toBeTruthy();
    await user.click(within(item).getByRole('button', { name: 'Copy the error' }));
    expect(copied()).toBe('503 Service Unavailable');
    expect(screen.getByRole('heading', { name: 'The copy to Team Sumo fails' })).toBeTruthy();
  });

  it('asks for its secret again where that is lost, and cannot be switched on before', async () => {
    const lost = makeDestination({
      enabled: false,
      hasSecret: false,
      problem: { kind: 'secret-missing', message: 'The token of Team Sumo is not there.' },
    });
    host.feed('destinations', 'status', makeDestinations([lost]));
    host.answer('destinations', 'update', () => makeDestination());
    const { user } = await openPanel('/destinations');
    expect(isDisabled(await screen.findByRole('switch', { name: 'Send to Team Sumo' }))).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Give the secret again' }));
    const dialog = await screen.findByRole('dialog', { name: 'Edit Team Sumo' });
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(await within(dialog).findByText('A token is needed.')).toBeTruthy();
    await user.type(within(dialog).getByLabelText('Token'), 'secret');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(host.inputsOf('destinations.update')).toEqual([
        {
          id: 'sumo',
          destination: {
            kind: 'sumo',
            name: 'Team Sumo',
            endpoint: 'https://collectors.sumologic.com/receiver/v1/otlp',
            token: 'secret',
          },
        },
      ]),
    );
  });

  it('keeps its secret when it is renamed', async () => {
    host.feed('destinations', 'status', makeDestinations([makeDestination()]));
    host.answer('destinations', 'update', () => makeDestination());
    const { user } = await openPanel('/destinations');
    await user.click(await screen.findByRole('button', { name: 'Edit Team Sumo' }));
    const name = await screen.findByLabelText('Name');
    await user.clear(name);
    await user.type(name, 'Sumo EU');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(host.inputsOf('destinations.update')).toHaveLength(1));
    expect(JSON.stringify(host.inputsOf('destinations.update'))).not.toContain('token');
  });

  it('is removed after a question that counts what would not be sent', async () => {
    const delivery = makeDelivery({ queued: 8 });
    const feed = host.feed('destinations', 'status', makeDestinations([makeDestination({ delivery })]));
    host.answer('destinations', 'remove', () => {
      feed.push(makeDestinations([]));
      return makeDestinations([]);
    });
    const { user } = await openPanel('/destinations');
    await user.click(await screen.findByRole('button', { name: 'Remove Team Sumo' }));
    const dialog = await screen.findByRole('dialog', { name: 'Remove Team Sumo?' });
    expect(within(dialog).getByText(/8 requests wait and will not be sent/)).toBeTruthy();
    await user.click(within(dialog).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await screen.findByText('Nothing leaves this machine')).toBeTruthy();
  });

  it('says what a test met', async () => {
    host.feed('destinations', 'status', makeDestinations([makeDestination()]));
    host.answer('destinations', 'test', () => ({
      ok: false,
      at: Date.now(),
      status: 401,
      message: 'HTTP 401: the key was refused.',
      hint: 'Replace it.',
      milliseconds: 90,
    }));
    const { user } = await openPanel('/destinations');
    await user.click(await screen.findByRole('button', { name: 'Test connection' }));
    expect(await screen.findByText('HTTP 401: the key was refused.')).toBeTruthy();
    expect(screen.getByText('Replace it.')).toBeTruthy();
    host.answer('destinations', 'test', refuse('DESTINATION', { kind: 'secret-missing', message: 'There is no key.' }));
    await user.click(screen.getByRole('button', { name: 'Test connection' }));
    expect(await screen.findByText('There is no key.')).toBeTruthy();
    expect(screen.queryByText('HTTP 401: the key was refused.')).toBeNull();
  });
});

it('stops all sending at once where several are on', async () => {
  const two = makeDestinations([makeDestination(), makeDestination({ id: 'b', name: 'Backup' })]);
  host.feed('destinations', 'status', two);
  host.answer('destinations', 'toggle', () => two);
  const { user } = await openPanel('/destinations');
  expect(await screen.findByRole('heading', { name: 'A copy goes to 2 destinations' })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Stop all sending' }));
  await waitFor(() => expect(host.inputsOf('destinations.toggle')).toEqual([{ enabled: false }]));
});

describe('redaction', () => {
  const dropUser = { action: 'drop', keys: 'user\\.email', enabled: true } as const;
  const preview = () => ({
    samples: [
      { signal: 'traces' as const, service: 'shop', place: 'span.user.email', before: 'ada@example.com', after: null },
    ],
    inspected: { spans: 100, logs: 20 },
    changed: 1,
  });

  it('tries the rules on what is kept here before they are saved', async () => {
    const feed = host.feed('destinations', 'status', makeDestinations([]));
    host.answer('destinations', 'preview', preview);
    host.answer('destinations', 'setRedaction', ({ rules }) => {
      feed.push(makeDestinations([], { redaction: rules }));
      return makeDestinations([], { redaction: rules });
    });
    const { user } = await openPanel('/destinations');
    expect(await screen.findByText(/No rule is in use/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Add a rule' }));
    await user.click(await screen.findByRole('button', { name: 'A rule of your own' }));
    expect(await screen.findByText('not complete')).toBeTruthy();
    const keys = screen.getByLabelText('Attributes, as a pattern of their whole name');
    fireEvent.change(keys, { target: { value: 'user\\.email' } });
    expect(await screen.findByText('1 value changes in the newest 100 spans and 20 log lines.')).toBeTruthy();
    expect(screen.getByText('ada@example.com')).toBeTruthy();
    expect(screen.getByText('dropped')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Save the rules' }));
    await waitFor(() => expect(host.inputsOf('destinations.setRedaction')).toEqual([{ rules: [dropUser] }]));
    await waitFor(() => expect(screen.queryByText('not saved')).toBeNull());
  });

  it('says what is wrong with a pattern, and saves nothing that is', async () => {
    host.feed('destinations', 'status', makeDestinations([], { redaction: [dropUser] }));
    host.answer('destinations', 'preview', preview);
    await openPanel('/destinations');
    const keys = await screen.findByLabelText('Attributes, as a pattern of their whole name');
    fireEvent.change(keys, { target: { value: '(' } });
    expect(await screen.findByText(/^Not a pattern/)).toBeTruthy();
    expect(isDisabled(screen.getByRole('button', { name: 'Save the rules' }))).toBe(true);
    expect(await screen.findByText('The preview waits for the rules to be complete.')).toBeTruthy();
  });

  it('changes the order, and discards what was changed', async () => {
    const hash = { action: 'hash', keys: 'user\\.id', enabled: true } as const;
    host.feed('destinations', 'status', makeDestinations([], { redaction: [dropUser, hash] }));
    host.answer('destinations', 'preview', preview);
    const { user } = await openPanel('/destinations');
    const keysOf = () =>
      screen
        .getAllByLabelText('Attributes, as a pattern of their whole name')
        .map((input) => (input as HTMLInputElement).value);
    await screen.findByRole('listitem', { name: 'Rule 2' });
    await user.click(screen.getByRole('button', { name: 'Move rule 2 up' }));
    await waitFor(() => expect(keysOf()).toEqual(['user\\.id', 'user\\.email']));
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(keysOf()).toEqual(['user\\.email', 'user\\.id']));
    expect(host.inputsOf('destinations.setRedaction')).toEqual([]);
  });

  it('takes over what was changed elsewhere, unless it is being edited here', async () => {
    const feed = host.feed('destinations', 'status', makeDestinations([]));
    host.answer('destinations', 'preview', preview);
    const { user } = await openPanel('/destinations');
    await screen.findByText(/No rule is in use/);
    feed.push(makeDestinations([], { redaction: [dropUser] }));
    expect(await screen.findByDisplayValue('user\\.email')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Remove rule 1' }));
    feed.push(makeDestinations([], { redaction: [dropUser, { ...dropUser, keys: 'other' }] }));
    await waitFor(() => expect(screen.getByText('not saved')).toBeTruthy());
    expect(screen.queryByDisplayValue('other')).toBeNull();
  });
});

it('opens no form for a kind of destination that there is not', async () => {
  host.feed('destinations', 'status', makeDestinations([]));
  await openPanel('/destinations?add=carrier-pigeon');
  expect(await screen.findByRole('heading', { name: 'Nothing leaves this machine' })).toBeTruthy();
  expect(screen.queryByRole('dialog')).toBeNull();
});
