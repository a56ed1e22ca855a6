// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { makeDestination, makeDestinations } from '../../test-host/host-data';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuse } from '../../test-host/refuse';
import { host } from '../../test-host/test-page';

withScriptedHost();

describe('adding one', () => {
  it('cuts the token out of a pasted URL and never shows it', async () => {
    host.feed('destinations', 'status', makeDestinations([]));
    host.answer('destinations', 'add', ({ name }) => makeDestination({ name, enabled: false }));
    const { user, address } = await openPanel('/destinations?add=sumo');
    const token = 'ZaVnC4dhaV2GeyBQb2xpY3ktSGVyZQ'.padEnd(80, 'x');
    const url = await screen.findByLabelText('Presigned URL');
    await user.click(url);
    await user.paste(`https://endpoint1.collection.eu.sumologic.com/receiver/v1/otlp/${token}`);
    expect(await screen.findByText('token found')).toBeTruthy();
    expect(document.body.innerHTML).not.toContain(token);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(address()).toBe('/destinations'));
    expect(host.inputsOf('destinations.add')).toEqual([
      {
        kind: 'sumo',
        name: 'Sumo Logic',
        endpoint: 'https://endpoint1.collection.eu.sumologic.com/receiver/v1/otlp',
        token,
      },
    ]);
  });

  it('says at each field what is missing, and sends nothing', async () => {
    host.feed('destinations', 'status', makeDestinations([]));
    const { user } = await openPanel('/destinations?add=grafana-cloud');
    await user.type(await screen.findByLabelText('OTLP endpoint'), 'otlp-gateway.grafana.net');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/must be a URL that begins with https/)).toBeTruthy();
    expect(screen.getByText('The instance id is a number, such as 123456.')).toBeTruthy();
    expect(screen.getByText('A token is needed.')).toBeTruthy();
    expect(host.inputsOf('destinations.add')).toEqual([]);
  });

  it('takes headers, and tells a name that stands there twice', async () => {
    host.feed('destinations', 'status', makeDestinations([]));
    host.answer('destinations', 'add', ({ name }) => makeDestination({ name, kind: 'otlp' }));
    const { user } = await openPanel('/destinations?add=otlp');
    await user.type(await screen.findByLabelText('Base URL'), 'https://otel.example.com:4318');
    await user.type(screen.getByLabelText('Name'), 'Staging');
    for (const index of [0, 1]) {
      await user.click(screen.getByRole('button', { name: 'Add a header' }));
      await user.type(screen.getAllByLabelText('Header name')[index]!, 'X-Key');
      await user.type(screen.getAllByLabelText('Header value')[index]!, `secret ${index}`);
    }
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('A header stands there twice.')).toBeTruthy();
    await user.click(screen.getAllByRole('button', { name: 'Remove the header' })[1]!);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(host.inputsOf('destinations.add')).toEqual([
        {
          kind: 'otlp',
          name: 'Staging',
          endpoint: 'https://otel.example.com:4318',
          headers: [{ name: 'X-Key', value: 'secret 0' }],
        },
      ]),
    );
  });

  it('keeps the form and says why the host refused it', async () => {
    host.feed('destinations', 'status', makeDestinations([]));
    host.answer(
      'destinations',
      'add',
      refuse('DESTINATION', {
        kind: 'endpoint-is-own',
        message: 'This is Watchtower itself.',
        hint: 'Name the cloud.',
      }),
    );
    const { user } = await openPanel('/destinations?add=otlp');
    await user.type(await screen.findByLabelText('Base URL'), 'http://localhost:4318');
    await user.type(screen.getByLabelText('Name'), 'Loop');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('This is Watchtower itself.')).toBeTruthy();
    expect((screen.getByLabelText('Base URL') as HTMLInputElement).value).toBe('http://localhost:4318');
  });

  it('sends one span at once when it is to be tested', async () => {
    const feed = host.feed('destinations', 'status', makeDestinations([]));
    host.answer('destinations', 'add', ({ name }) => {
      const added = makeDestination({ id: 'new', name, enabled: false });
      feed.push(makeDestinations([added]));
      return added;
    });
    host.answer('destinations', 'test', () => ({
      ok: true,
      at: Date.now(),
      status: 200,
      message: 'HTTP 200.',
      milliseconds: 41,
    }));
    const { user } = await openPanel('/destinations?add=otlp');
    await user.type(await screen.findByLabelText('Base URL'), 'https://otel.example.com');
    await user.type(screen.getByLabelText('Name'), 'Staging');
    await user.click(screen.getByRole('button', { name: 'Save and test' }));
    expect(await screen.findByText('HTTP 200.')).toBeTruthy();
    expect(screen.getByText('41 ms')).toBeTruthy();
    expect(host.inputsOf('destinations.test')).toEqual([{ id: 'new' }]);
  });
});
