// @vitest-environment happy-dom
import { ORPCError } from '@orpc/client';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../../shared/contract/host';
import { makeSettings, makeStatus } from '../../test-host/host-data';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { host } from '../../test-host/test-page';

withScriptedHost();

const step = (title: string, code: string) => ({ title, code, syntax: 'text' });

beforeEach(() => {
  let settings = makeSettings();
  host.answer('host', 'settings', () => settings);
  host.answer('host', 'updateSettings', (patch) => {
    settings = { ...settings, ...patch } as Settings;
    return settings;
  });
  host.answer('snippets', 'languages', () => [
    { id: 'nodejs', title: 'Node.js' },
    { id: 'go', title: 'Go' },
  ]);
  host.answer('snippets', 'env', ({ serviceName, protocol, shell }) => ({
    language: 'env',
    title: shell,
    steps: [step('Set it', `export OTEL_SERVICE_NAME=${serviceName} # ${protocol}`)],
    notes: [],
  }));
  host.answer('snippets', 'snippet', ({ language, serviceName }) => ({
    language,
    title: language === 'go' ? 'Go' : 'Node.js',
    steps: [step('Install', `install for ${language}`), step('Run', `run ${serviceName}`)],
    notes: ['Logs need `pino` as well.'],
  }));
  host.answer('traces', 'search', () => ({ traces: [] }));
});

describe('the lines to copy', () => {
  it('carry the service name, the protocol and the shell that are chosen', async () => {
    const { user } = await openPanel('/connect');
    expect(await screen.findByText('export OTEL_SERVICE_NAME=my-app # grpc')).toBeTruthy();
    await user.click(screen.getByRole('tab', { name: 'HTTP' }));
    expect(await screen.findByText('export OTEL_SERVICE_NAME=my-app # http')).toBeTruthy();
    const name = screen.getByLabelText('Service name');
    await user.clear(name);
    await user.type(name, 'shop');
    expect(await screen.findByText('export OTEL_SERVICE_NAME=shop # http')).toBeTruthy();
    await user.click(screen.getByRole('combobox', { name: 'Shell' }));
    await user.click(await screen.findByRole('option', { name: 'fish' }));
    await waitFor(() =>
      expect(host.inputsOf('snippets.env')).toContainEqual(
        expect.objectContaining({ shell: 'fish', serviceName: 'shop' }),
      ),
    );
  });

  it('follow the language, which is remembered for the next time', async () => {
    const { user } = await openPanel('/connect');
    expect(await screen.findByText('install for nodejs')).toBeTruthy();
    await user.click(screen.getByRole('tab', { name: 'Go' }));
    expect(await screen.findByText('install for go')).toBeTruthy();
    expect(host.inputsOf('host.updateSettings')).toEqual([{ language: 'go' }]);
  });

  it('are copied block by block, and all at once for an agent', async () => {
    const { user, copied } = await openPanel('/connect');
    await screen.findByText('install for nodejs');
    await user.click(screen.getByRole('button', { name: 'Copy: copy step 1 for Node.js' }));
    expect(copied()).toBe('install for nodejs');
    expect(await screen.findByText('Copied step 1 for Node.js')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /^Copy all for an agent/ }));
    expect(copied()).toBe('Install:\ninstall for nodejs\n\nRun:\nrun my-app');
  });

  it('show words between backticks as code', async () => {
    await openPanel('/connect');
    const note = await screen.findByText('pino');
    expect(note.tagName).toBe('CODE');
    expect(note.closest('li')?.textContent).toBe('Logs need pino as well.');
  });

  it('are asked for anew when the host listens elsewhere', async () => {
    const status = host.feed('host', 'status', makeStatus());
    await openPanel('/connect');
    await screen.findByText('install for nodejs');
    const before = host.inputsOf('snippets.env').length;
    status.push(makeStatus({ endpoints: { ...makeStatus().endpoints, otlpGrpc: 'http://localhost:5317' } }));
    await waitFor(() => expect(host.inputsOf('snippets.env').length).toBeGreaterThan(before));
  });

  it('say why there are none', async () => {
    host.answer('snippets', 'snippet', () => {
      throw new ORPCError('NOT_FOUND', { message: 'There is no snippet for "cobol".' });
    });
    await openPanel('/connect');
    expect(await screen.findByText('There is no snippet for "cobol".')).toBeTruthy();
    expect(screen.getByText('export OTEL_SERVICE_NAME=my-app # grpc')).toBeTruthy();
  });
});

it('says why no language can be chosen', async () => {
  host.answer('snippets', 'languages', () => {
    throw new ORPCError('BAD_GATEWAY', { message: 'The host is of another version.' });
  });
  await openPanel('/connect');
  expect(within(await screen.findByRole('alert')).getByText('The host is of another version.')).toBeTruthy();
});
