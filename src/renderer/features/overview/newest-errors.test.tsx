// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuseAsDown } from '../../test-host/refuse';
import { makeSummary } from '../../test-host/telemetry-data';
import { host } from '../../test-host/test-page';

withScriptedHost();

it('names what failed, where in it, and leads into the trace', async () => {
  const services = [
    { name: 'shop', spans: 2, errors: 0 },
    { name: 'payments', spans: 1, errors: 1 },
    { name: 'bank', spans: 1, errors: 1 },
  ];
  host.answer('traces', 'search', () => ({ traces: [makeSummary('a', { services, errorCount: 2 })] }));
  host.answer('traces', 'get', () => null);
  const { user, address } = await openPanel('/');
  const row = (await screen.findByText('GET /a')).closest('a')!;
  expect(within(row).getByText('failed in payments, bank')).toBeTruthy();
  expect(host.inputsOf('traces.search')[0]).toMatchObject({ query: '{ status = error }', limit: 5 });
  await user.click(row);
  await waitFor(() => expect(address()).toBe(`/traces/${'a'.repeat(32)}`));
});

it('names the root where no service tells of the error, and says where there is no root yet', async () => {
  const services = [{ name: 'shop', spans: 2, errors: 0 }];
  host.answer('traces', 'search', () => ({ traces: [makeSummary('a', { services, rootName: '' })] }));
  await openPanel('/');
  expect(await screen.findByText('root span not received yet')).toBeTruthy();
  expect(screen.getByText('failed in shop')).toBeTruthy();
});

it('says that none failed, and leads to all of the last hour', async () => {
  host.feed('traces', 'tail');
  host.answer('traces', 'search', () => ({ traces: [] }));
  const { user, address } = await openPanel('/');
  expect(await screen.findByText('No trace failed in the last hour.')).toBeTruthy();
  await user.click(screen.getByRole('link', { name: 'All of the last hour' }));
  await waitFor(() => expect(address()).toMatch(/^\/traces\?/));
  expect(Object.fromEntries(new URLSearchParams(address().split('?')[1]))).toEqual({
    errors: 'true',
    since: '1h',
    live: 'false',
  });
});

it('says why it does not know, in place of waiting for ever', async () => {
  host.answer('traces', 'search', refuseAsDown);
  await openPanel('/');
  expect(await screen.findByText('It does not answer.')).toBeTruthy();
  expect(screen.getByText('The overview says why.')).toBeTruthy();
  expect(screen.queryByText('No trace failed in the last hour.')).toBeNull();
});
