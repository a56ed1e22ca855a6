// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HostStatus } from '../../../shared/contract/host';
import { makeStatus } from '../../test-host/host-data';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuse } from '../../test-host/refuse';
import { makeFinding, makeRun } from '../../test-host/run-data';
import { host } from '../../test-host/test-page';

withScriptedHost();

const received = (spans: number): HostStatus['ingest'] => ({
  ...makeStatus().ingest,
  totals: { spans, logs: 0, points: 0 },
  rates: { spans: 12, logs: 0, points: 0 },
});

beforeEach(() => {
  host.answer('snippets', 'env', ({ shell, serviceName }) => ({
    language: 'env',
    title: shell,
    steps: [{ title: '', syntax: 'text', code: `export OTEL_SERVICE_NAME=${serviceName}` }],
    notes: [],
  }));
  host.answer('metrics', 'query', () => ({ series: [], warnings: [] }));
});

it('waits for the host before it says anything', async () => {
  host.answer('host', 'status', () => new Promise(() => {}));
  await openPanel('/');
  expect(await screen.findByText('Waiting for the host')).toBeTruthy();
});

describe('the first run', () => {
  it('shows the lines to set, which can be copied, and lights up with the first span', async () => {
    const status = host.feed('host', 'status', makeStatus());
    const { user, copied } = await openPanel('/');
    expect(await screen.findByText('Waiting for your first span')).toBeTruthy();
    await user.click((await screen.findAllByRole('button', { name: /copy the env block for bash/i }))[0]!);
    expect(copied()).toBe('export OTEL_SERVICE_NAME=my-app');
    status.push(makeStatus({ ingest: received(1) }));
    expect(await screen.findByText('Your telemetry arrives')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Watch traces arrive' })).toBeTruthy();
  });

  it('is over where something is kept from before', async () => {
    const storage = { ...makeStatus().storage, stored: { spans: 5, logs: 0, points: 0, series: 0 } };
    host.feed('host', 'status', makeStatus({ storage }));
    await openPanel('/');
    expect(await screen.findByText('Kept on this machine')).toBeTruthy();
    expect(screen.queryByText('Waiting for your first span')).toBeNull();
  });
});

describe('problems', () => {
  it('stand on top with what to do', async () => {
    const problems: HostStatus['problems'] = [
      { id: 'disk', kind: 'disk-full', message: 'The disk is full.', hint: 'Make room.' },
    ];
    host.feed('host', 'status', makeStatus({ problems, state: 'degraded' }));
    await openPanel('/');
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByText('Make room.')).toBeTruthy();
  });
});

describe('what was not kept as sent', () => {
  it('says why, of which service, and tells a loss from a warning', async () => {
    const ingest: HostStatus['ingest'] = {
      ...received(10),
      rejected: { spans: 2, logs: 0, points: 0 },
      rejections: [
        {
          items: 'spans',
          reason: 'a span needs a trace id of 16 bytes',
          count: 2,
          lost: true,
          metric: '',
          service: 'shop',
          at: Date.now(),
        },
        {
          items: 'points',
          reason: 'a unit differs from the one before',
          count: 1,
          lost: false,
          metric: 'queue.length',
          service: 'worker',
          at: Date.now(),
        },
      ],
    };
    host.feed('host', 'status', makeStatus({ ingest }));
    await openPanel('/');
    const list = await screen.findByRole('list', { name: 'Rejected telemetry' });
    const [lost, warned] = within(list).getAllByRole('listitem');
    expect(lost!.textContent).toContain('2 spans');
    expect(lost!.textContent).toContain('a span needs a trace id of 16 bytes');
    expect(warned!.textContent).toContain('queue.length');
  });

  it('is not there where all was kept', async () => {
    host.feed('host', 'status', makeStatus({ ingest: received(10) }));
    await openPanel('/');
    await screen.findByText('Kept on this machine');
    expect(screen.queryByRole('list', { name: 'Rejected telemetry' })).toBeNull();
  });
});

describe('the endpoints', () => {
  it('are copied one by one, and all for an agent', async () => {
    const { user, copied } = await openPanel('/');
    await user.click(await screen.findByRole('button', { name: 'Copy the Loki URL' }));
    expect(copied()).toBe('http://localhost:3100');
    await user.click(screen.getByRole('button', { name: /copy the endpoints for an agent/ }));
    for (const part of [
      'http://localhost:3200/api/search',
      'http://localhost:9090/api/v1/query',
      'http://localhost:4318',
    ]) {
      expect(copied()).toContain(part);
    }
  });

  it('follow the host when it listens elsewhere', async () => {
    const status = host.feed('host', 'status', makeStatus());
    await openPanel('/');
    await screen.findAllByText('http://localhost:3100');
    status.push(makeStatus({ endpoints: { ...makeStatus().endpoints, loki: 'http://localhost:5100' } }));
    expect((await screen.findAllByText('http://localhost:5100')).length).toBeGreaterThan(0);
  });
});

describe('the slowest operations', () => {
  it('are named with their service, count and percentile, and lead to their traces alone', async () => {
    host.answer('services', 'slowestOperations', () => [
      { service: 'shop', name: 'GET /orders/{id}', spans: 1200, p95Ns: 1.5e9, longestNs: 2e9 },
      { service: 'mailer', name: 'send "all"', spans: 3, p95Ns: 2e6, longestNs: 2e6 },
    ]);
    host.answer('traces', 'search', () => ({ traces: [] }));
    const { user, address } = await openPanel('/');
    const row = (await screen.findByRole('link', { name: 'GET /orders/{id}' })).closest('tr')!;
    expect([...row.cells].map(({ textContent }) => textContent)).toEqual([
      'GET /orders/{id}',
      'shop',
      '1,200',
      '1.5 s',
    ]);
    await user.click(screen.getByRole('link', { name: 'send "all"' }));
    const search = new URLSearchParams(address().split('?')[1]);
    expect(search.get('q')).toBe('{ resource.service.name = "mailer" && name = "send \\"all\\"" }');
  });

  it('say why they are not known', async () => {
    host.answer('services', 'slowestOperations', refuse('UNAVAILABLE', { message: 'Tempo rests.', hint: 'Start it.' }));
    await openPanel('/');
    const part = (await screen.findByRole('heading', { name: 'Slowest operations' })).closest('section')!;
    expect(await within(part).findByText('Tempo rests.')).toBeTruthy();
    expect(within(part).queryByText(/No span came/)).toBeNull();
  });

  it('say so where no span came', async () => {
    host.answer('services', 'slowestOperations', () => []);
    await openPanel('/');
    expect(await screen.findByText('No span came in the last 5 minutes.')).toBeTruthy();
  });
});

describe('what is found and what ran', () => {
  it('has the worst findings of the last minutes, each in its sentence', async () => {
    host.answer('runs', 'findings', () => ({
      findings: [
        makeFinding({ fingerprint: '0000000000000001', severity: 'hint', sentence: 'a hint', traces: 2 }),
        makeFinding({
          fingerprint: '0000000000000002',
          severity: 'problem',
          sentence: 'retried\u202e 40 times',
          traces: 2,
        }),
      ],
      leftOut: [],
    }));
    await openPanel('/');
    const part = (await screen.findByRole('heading', { name: 'Findings' })).closest('section')!;
    const rows = await within(part).findAllByRole('listitem');
    expect(rows.map(({ textContent }) => textContent)).toEqual(['retried‹U+202E› 40 times2 traces', 'a hint2 traces']);
  });

  it('says why rules could not look', async () => {
    host.answer('runs', 'findings', refuse('UNAVAILABLE', { message: 'Tempo rests.', hint: 'Start it.' }));
    await openPanel('/');
    const part = (await screen.findByRole('heading', { name: 'Findings' })).closest('section')!;
    expect(await within(part).findByText('Tempo rests.')).toBeTruthy();
    expect(within(part).queryByText(/Rules found nothing/)).toBeNull();
  });

  it('says that rules found nothing', async () => {
    host.answer('runs', 'findings', () => ({ findings: [], leftOut: [] }));
    await openPanel('/');
    expect(await screen.findByText('Rules found nothing in the last 5 minutes.')).toBeTruthy();
  });

  it('has the last runs and how each ended, each a way to its page', async () => {
    host.feed('runs', 'feed', {
      runs: [makeRun('abcd2345', { name: 'tests', exitCode: 1 }), makeRun('abcd2346')],
    });
    await openPanel('/');
    const row = await screen.findByRole('link', { name: /^tests.*exit 1/ });
    expect(row.getAttribute('href')).toBe('/runs/abcd2345');
  });
});
