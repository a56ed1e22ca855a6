// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Destination, DestinationsStatus } from '../../../shared/contract/destinations';
import { makeDelivery, makeDestination, makeDestinations } from '../../test-host/host-data';
import { isDisabled } from '../../test-host/is-disabled';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuse } from '../../test-host/refuse';
import { host } from '../../test-host/test-page';

withScriptedHost();

async function open(destination: Destination, status: Partial<DestinationsStatus> = {}, address = '/destinations') {
  const feed = host.feed('destinations', 'status', makeDestinations([destination], status));
  const panel = await openPanel(address);
  const card = within(await screen.findByRole('listitem', { name: destination.name }));
  return { ...panel, feed, card };
}

const lastError = { at: Date.now() - 60_000, message: 'HTTP 401', status: 401, lost: true };
const refused = makeDestination({
  delivery: makeDelivery({ state: 'failing', lastError }),
  problem: { kind: 'destination-key-refused', message: 'Sumo refuses the key (401).', hint: 'Make a new one.' },
});

describe('a destination that refuses the key', () => {
  it('says so with what to do, once, and what becomes of what was sent', async () => {
    const { card } = await open(refused);
    expect(card.getByText('Failing')).toBeTruthy();
    expect(card.getByText('It refuses what is sent: that is not sent again')).toBeTruthy();
    expect(card.getByText('Sumo refuses the key (401).')).toBeTruthy();
    expect(card.getByText('Make a new one.')).toBeTruthy();
    expect(card.queryByText(/Last error/)).toBeNull();
  });

  it('leads to the form of the key, and is well again without a click once the new one works', async () => {
    host.answer('destinations', 'update', () => makeDestination());
    const { user, card, feed, address } = await open(refused);
    await user.click(card.getByRole('button', { name: 'Replace the key' }));
    await waitFor(() => expect(address()).toBe('/destinations?edit=sumo'));
    const dialog = within(await screen.findByRole('dialog', { name: 'Edit Team Sumo' }));
    await user.type(dialog.getByLabelText('Token'), 'new-key');
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(host.inputsOf('destinations.update')).toHaveLength(1));
    expect(JSON.stringify(host.inputsOf('destinations.update'))).toContain('"token":"new-key"');
    feed.push(makeDestinations([makeDestination()]));
    expect(await card.findByText('Sending')).toBeTruthy();
    expect(card.queryByText('Sumo refuses the key (401).')).toBeNull();
  });

  it('offers no key where another thing is wrong', async () => {
    const problem = { kind: 'destination-failing', message: 'It does not answer.' } as const;
    const { card } = await open(makeDestination({ problem }));
    expect(card.queryByRole('button', { name: /key|secret/i })).toBeNull();
  });
});

describe('how the sending fares', () => {
  it('tells how full the queue is, and that the last try failed', async () => {
    const error = { ...lastError, message: 'HTTP 503', lost: false };
    const queue = { queued: 40_000, queueCapacity: 160_000 };
    const { card } = await open(
      makeDestination({ delivery: makeDelivery({ state: 'failing', lastError: error, ...queue }) }),
    );
    expect(card.getByRole('meter').getAttribute('aria-valuetext')).toBe('40,000 of 160k requests');
    expect(Number(card.getByRole('meter').getAttribute('aria-valuenow'))).toBe(25);
    expect(card.getByText('The last try failed; what waits is tried again')).toBeTruthy();
    expect(card.getByText(/^Last error, 1 min ago:/).parentElement?.textContent).toContain('HTTP 503');
  });

  it('counts nothing that it does not know', async () => {
    const { card } = await open(makeDestination({ delivery: makeDelivery({ bytes: null, queueCapacity: 0 }) }));
    expect(card.getByTitle('Alloy does not count them').textContent).toBe('–');
    expect(card.getByText('never')).toBeTruthy();
    expect(card.getByText('nothing')).toBeTruthy();
  });

  it('is not told of one that is off, whose old error is over', async () => {
    const { card } = await open(makeDestination({ enabled: false, delivery: makeDelivery({ lastError }) }));
    expect(card.getByText('Nothing is sent to it')).toBeTruthy();
    expect(card.queryByText(/Last error|Given up/)).toBeNull();
  });

  it('copies the address, which holds no secret, and names the instance', async () => {
    const cloud = makeDestination({
      kind: 'grafana-cloud',
      instanceId: '123456',
      endpoint: 'https://otlp.grafana.net',
    });
    const { user, copied, card } = await open(cloud);
    expect(card.getByText(', instance 123456')).toBeTruthy();
    await user.click(card.getByRole('button', { name: 'Copy the URL of Team Sumo' }));
    expect(copied()).toBe('https://otlp.grafana.net');
  });
});

describe('a test', () => {
  const works = { ok: true, at: Date.now(), status: 200, message: 'HTTP 200.', milliseconds: 12 };

  it('is under way until it is answered, and is not begun twice', async () => {
    let done = () => {};
    host.answer('destinations', 'test', () => new Promise((resolve) => (done = () => resolve(works))));
    const { user, card } = await open(makeDestination());
    const button = card.getByRole('button', { name: 'Test connection' });
    await user.click(button);
    expect(await card.findByText('One span is on its way')).toBeTruthy();
    expect(isDisabled(button)).toBe(true);
    await waitFor(() => expect(host.inputsOf('destinations.test')).toHaveLength(1));
    done();
    expect(await card.findByText('HTTP 200.')).toBeTruthy();
    expect(isDisabled(button)).toBe(false);
  });

  it('that an error came after is not shown any more', async () => {
    host.answer('destinations', 'test', () => works);
    const { user, card, feed } = await open(makeDestination());
    await user.click(card.getByRole('button', { name: 'Test connection' }));
    await card.findByText('HTTP 200.');
    const later = { ...lastError, at: works.at + 1, message: 'HTTP 500', lost: false };
    feed.push(makeDestinations([makeDestination({ delivery: makeDelivery({ state: 'failing', lastError: later }) })]));
    expect(await card.findByText(/HTTP 500/)).toBeTruthy();
    expect(card.queryByText('HTTP 200.')).toBeNull();
  });

  it('is made by a link, once, which then leaves the address', async () => {
    host.answer('destinations', 'test', () => works);
    const { card, address } = await open(makeDestination(), {}, '/destinations?test=sumo&since=1h');
    expect(await card.findByText('HTTP 200.')).toBeTruthy();
    expect(address()).toBe('/destinations?since=1h');
    expect(host.inputsOf('destinations.test')).toEqual([{ id: 'sumo' }]);
  });

  it('is not made of one that is not there', async () => {
    await open(makeDestination(), {}, '/destinations?test=gone');
    expect(host.inputsOf('destinations.test')).toEqual([]);
  });
});

describe('a switch', () => {
  it('rests while another change is made, whoever made it', async () => {
    const { card, feed } = await open(makeDestination(), { change: { state: 'switching' } });
    const toggle = card.getByRole('switch', { name: 'Send to Team Sumo' });
    expect(isDisabled(toggle)).toBe(true);
    feed.push(makeDestinations([makeDestination()]));
    await waitFor(() => expect(isDisabled(toggle)).toBe(false));
  });

  it('that was refused says why and stays as it was', async () => {
    host.answer('destinations', 'toggle', refuse('DESTINATION', { kind: 'forward-failed', message: 'No engine.' }));
    const { user, card } = await open(makeDestination());
    await user.click(card.getByRole('switch', { name: 'Send to Team Sumo' }));
    expect(await screen.findByText('No engine.')).toBeTruthy();
    expect(card.getByRole('switch').getAttribute('aria-checked')).toBe('true');
  });
});

describe('removing', () => {
  it('says why it was not done and keeps the question', async () => {
    host.answer(
      'destinations',
      'remove',
      refuse('DESTINATION', { kind: 'destinations-not-written', message: 'Disk full.' }),
    );
    const { user } = await open(makeDestination());
    await user.click(screen.getByRole('button', { name: 'Remove Team Sumo' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Remove Team Sumo?' }));
    expect(dialog.getByText(/Nothing waits to be sent/)).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: 'Remove' }));
    expect(await dialog.findByText('Disk full.')).toBeTruthy();
  });

  it('does nothing when it is kept', async () => {
    const { user } = await open(makeDestination({ enabled: false }));
    await user.click(screen.getByRole('button', { name: 'Remove Team Sumo' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.queryByText(/switched on/)).toBeNull();
    await user.click(dialog.getByRole('button', { name: 'Keep it' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(host.inputsOf('destinations.remove')).toEqual([]);
  });
});

describe('headers that are known', () => {
  const otlp = makeDestination({ kind: 'otlp', name: 'Staging', headerNames: ['X-Key'] });
  const edit = async () => {
    host.answer('destinations', 'update', () => otlp);
    const panel = await open(otlp, {}, '/destinations?edit=sumo');
    return { ...panel, dialog: within(await screen.findByRole('dialog', { name: 'Edit Staging' })) };
  };
  const sent = () => host.inputsOf('destinations.update')[0] as { destination: { headers?: unknown } };

  it('are kept without being shown', async () => {
    const { user, dialog } = await edit();
    expect(dialog.getByText('kept as they are')).toBeTruthy();
    expect(dialog.queryByLabelText('Header value')).toBeNull();
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(sent().destination).not.toHaveProperty('headers'));
  });

  it('are replaced together, each value given anew', async () => {
    const { user, dialog } = await edit();
    await user.click(dialog.getByRole('button', { name: 'Replace them' }));
    expect((dialog.getByLabelText('Header name') as HTMLInputElement).value).toBe('X-Key');
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByText('Every header needs a value.')).toBeTruthy();
    await user.type(dialog.getByLabelText('Header value'), 'new');
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(sent().destination.headers).toEqual([{ name: 'X-Key', value: 'new' }]));
  });
});
