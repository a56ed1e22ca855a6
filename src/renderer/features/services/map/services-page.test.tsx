// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ServiceActivity, ServiceEdge } from '../../../../shared/contract/services';
import { makeStatus } from '../../../test-host/host-data';
import { openPanel, withScriptedHost } from '../../../test-host/open-panel';
import { refuse } from '../../../test-host/refuse';
import { makeActivity } from '../../../test-host/telemetry-data';
import { host } from '../../../test-host/test-page';

withScriptedHost();

const edge = (client: string, server: string, fields: Partial<ServiceEdge> = {}): ServiceEdge => ({
  ...{ client, server, kind: 'service', requests: 900, failed: 0, meanNs: 5e6 },
  ...fields,
});
const active = (name: string, fields: Partial<ServiceActivity> = {}) =>
  makeActivity(name, { spans: 900, requests: 900, p95Ns: 40e6, ...fields });

function answer(services: ServiceActivity[], edges: ServiceEdge[], total = edges.length) {
  host.answer('services', 'list', () => ({ services, missing: [] }));
  host.answer('services', 'graph', () => ({ edges, total }));
}
const nodeOf = (name: RegExp) => screen.findByRole('button', { name });

describe('the map of services', () => {
  it('has each service with its numbers, and what it calls, for those too who do not see the curves', async () => {
    answer(
      [active('web'), active('shop', { failedRequests: 90 }), active('alone')],
      [edge('user', 'web', { kind: 'user' }), edge('web', 'shop'), edge('shop', 'orders', { kind: 'database' })],
    );
    await openPanel('/services');
    expect(await nodeOf(/^shop.*1\/s · 10 % · p95 40 ms.*service\. Calls orders\. Called by web\./)).toBeTruthy();
    expect(await nodeOf(/orders.*database/)).toBeTruthy();
    expect(await nodeOf(/user.*requests from outside.*Calls web/)).toBeTruthy();
    expect(await nodeOf(/^alone.*service/)).toBeTruthy();
  });

  it('has a queue between who publishes to it and who takes from it, with its system and its numbers', async () => {
    const evil = '<img src=x>\u202e';
    answer(
      [active('shop'), active('mailer')],
      [
        edge('shop', 'orders', { kind: 'publish', system: 'kafka' }),
        edge('orders', 'mailer', { kind: 'consume', system: 'kafka', requests: 450, failed: 90 }),
        edge('shop', 'orders', { kind: 'publish', system: 'rabbitmq' }),
        edge('shop', evil, { kind: 'publish', system: evil }),
        edge('shop', 'orders'),
      ],
    );
    const { user } = await openPanel('/services');
    expect(
      await nodeOf(/orders kafka.*1\/s → 30\/min · 6\.7 % · 5 ms.*queue\. Calls mailer\. Called by shop/),
    ).toBeTruthy();
    expect(await nodeOf(/orders rabbitmq/)).toBeTruthy();
    expect((await nodeOf(/<img src=x>‹U\+202E›.*1\/s → 0/)).querySelector('img')).toBeNull();
    await user.click(await nodeOf(/orders kafka/));
    const panel = await screen.findByRole('complementary', { name: 'Calls of orders' });
    expect(within(panel).getByText('Published by')).toBeTruthy();
    expect(within(panel).getByRole('button', { name: /mailer.*20 %/ })).toBeTruthy();
    await user.keyboard('m');
    expect(await screen.findAllByLabelText('queue of kafka')).toHaveLength(2);
  });

  it('says why queues are missing on it', async () => {
    answer([active('web')], []);
    host.answer('services', 'graph', () => ({
      edges: [],
      total: 0,
      leftOut: ['Not every queue stands by itself: why'],
    }));
    await openPanel('/services');
    expect(await screen.findByText('Not every queue stands by itself: why')).toBeTruthy();
  });

  it('is walked by the arrows along its calls, and Enter opens the service', async () => {
    answer(
      [active('web'), active('shop'), active('mail')],
      [edge('web', 'shop'), edge('web', 'mail', { requests: 10 })],
    );
    const { user, address } = await openPanel('/services');
    (await nodeOf(/^web\b/)).focus();
    await user.keyboard('{ArrowRight}');
    await waitFor(() => expect(document.activeElement?.getAttribute('data-node')).toBe('shop'));
    await user.keyboard('{ArrowLeft}');
    await waitFor(() => expect(document.activeElement?.getAttribute('data-node')).toBe('web'));
    expect(screen.getByRole('complementary', { name: 'Calls of web' })).toBeTruthy();
    await user.keyboard('{ArrowRight}{Enter}');
    await waitFor(() => expect(address()).toMatch(/^\/services\/shop/));
  });

  it('shows the node that the link names, with its calls in both directions', async () => {
    answer(
      [active('web'), active('shop')],
      [edge('web', 'shop', { failed: 90 }), edge('shop', 'orders', { kind: 'database' })],
    );
    await openPanel('/services?node=shop');
    const panel = await screen.findByRole('complementary', { name: 'Calls of shop' });
    expect(within(panel).getByRole('button', { name: /web.*10 %/ })).toBeTruthy();
    expect(within(panel).getByRole('button', { name: /orders/ })).toBeTruthy();
    expect(within(panel).getByRole('link', { name: 'Open' }).getAttribute('href')).toBe('/services/shop');
  });

  it('draws the busiest of very many, and says of how many', async () => {
    const many = Array.from({ length: 400 }, (_, i) => active(`s${i}`, { spans: i + 1 }));
    answer(many, [edge('s1', 's2', { requests: 1e6 })], 23_456);
    await openPanel('/services');
    expect(await screen.findByText('The 150 busiest of 400 services, databases and queues are drawn.')).toBeTruthy();
    expect(screen.getByText(/^The 1 busiest of 23,456 pairs of caller and called/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^s3\b/ })).toBeNull();
    expect(await nodeOf(/^s2\b/)).toBeTruthy();
  });

  it('opens a large one at its beginning, says so, and shows the whole when told', async () => {
    const chain = Array.from({ length: 20 }, (_, index) => `step ${String.fromCharCode(97 + index)}`);
    answer(
      chain.map((name) => active(name)),
      chain.slice(1).map((name, at) => edge(chain[at]!, name)),
    );
    const { user } = await openPanel('/services');
    expect(await screen.findByText('A part is in sight')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'The whole map' }));
    expect(screen.queryByText('A part is in sight')).toBeNull();
  });

  it('is a table whose services are stepped through by keys, and Enter opens the one that has the focus', async () => {
    answer([active('web', { spans: 5000 }), active('shop')], []);
    const { user, address } = await openPanel('/services?table=true');
    await screen.findByRole('link', { name: 'shop' });
    await user.keyboard('jj');
    expect(document.activeElement).toBe(screen.getByRole('link', { name: 'shop' }));
    await user.keyboard('{Enter}');
    await waitFor(() => expect(address()).toMatch(/^\/services\/shop/));
  });

  it('leads to what fails most with e, and on to the next, on the map and in the table', async () => {
    answer([active('web', { failedRequests: 9 }), active('shop', { failedRequests: 90 }), active('fine')], []);
    const { user, address } = await openPanel('/services');
    await nodeOf(/^web\b/);
    await user.keyboard('e');
    await waitFor(() => expect(address()).toContain('node=shop'));
    await user.keyboard('e');
    await waitFor(() => expect(address()).toContain('node=web'));
    await user.keyboard('m');
    await screen.findByRole('link', { name: 'shop' });
    await user.keyboard('e');
    expect(document.activeElement).toBe(screen.getByRole('link', { name: 'shop' }));
  });

  it('is a table as well', async () => {
    answer([active('web'), active('shop', { failedRequests: 9 })], [edge('web', 'shop', { failed: 9 })]);
    const { user, address } = await openPanel('/services');
    await user.click(await screen.findByRole('tab', { name: 'Table' }));
    await waitFor(() => expect(address()).toBe('/services?table=true'));
    expect((await screen.findByRole('link', { name: 'shop' })).getAttribute('href')).toBe('/services/shop');
    expect(screen.getAllByTitle('9 of 900 calls')).toHaveLength(1);
  });

  it('shows hostile names as what they are, and opens them', async () => {
    answer([active('pay\u202eloop'), active('..')], [edge('pay\u202eloop', '..')]);
    const { user, address } = await openPanel('/services');
    const hostile = await nodeOf(/^pay‹U\+202E›loop/);
    expect(hostile.textContent).not.toContain('\u202e');
    (await nodeOf(/^\.\./)).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(decodeURIComponent(address())).toMatch(/^\/services\/~\.\./));
  });

  it('is a table of the busiest of very many calls, with the others a click away', async () => {
    const some = Array.from({ length: 15 }, (_, i) => active(`s${i}`));
    const calls = some.flatMap(({ name }) => some.map((other) => edge(name, other.name)));
    answer(some, calls);
    const { user } = await openPanel('/services?table=true');
    const more = await screen.findByText('Show 25 more');
    const rows = () => [...document.querySelectorAll('tbody')].map((body) => body.children.length);
    expect(rows()).toEqual([15, 200]);
    expect(screen.getByText('225')).toBeTruthy();
    await user.click(more);
    expect(rows()).toEqual([15, 225]);
  });

  it('waits with a word', async () => {
    await openPanel('/services');
    expect(await screen.findByText('Looking')).toBeTruthy();
  });

  it('teaches where nothing was sent, and looks further back when told', async () => {
    answer([], []);
    const { user, address } = await openPanel('/services');
    expect(await screen.findByText('No service sent anything in this window')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Connect an app' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Look at the last 30m' }));
    await waitFor(() => expect(address()).toContain('since=30m'));
  });

  it('says why there is none', async () => {
    host.answer('services', 'list', refuse('UNAVAILABLE', { message: 'Tempo does not answer.', hint: 'Start it.' }));
    await openPanel('/services');
    expect(await screen.findByText('Tempo does not answer.')).toBeTruthy();
  });

  it('says what this backend does not have at all, and does not call it a failure', async () => {
    const { capabilities } = makeStatus();
    const reason = 'The external backend has no URL of a Loki API.';
    const status = makeStatus({ capabilities: { ...capabilities, logs: false, because: { logs: reason } } });
    host.feed('host', 'status', status);
    answer([active('web')], []);
    host.answer('services', 'list', () => ({
      services: [active('web')],
      missing: ['logs' as const, 'metrics' as const],
    }));
    await openPanel('/services');
    expect(await screen.findByText(reason)).toBeTruthy();
    expect(screen.getByText(/^metrics did not answer/)).toBeTruthy();
  });

  it('has the services where only their calls are not known, and says so', async () => {
    answer([active('web')], []);
    host.answer('services', 'graph', refuse('UNAVAILABLE', { message: 'Prometheus does not answer.' }));
    await openPanel('/services');
    expect(await screen.findByText(/^Who calls whom is not known: Prometheus does not answer\./)).toBeTruthy();
    expect(await nodeOf(/^web\b/)).toBeTruthy();
  });
});
