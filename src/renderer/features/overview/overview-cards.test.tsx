// @vitest-environment happy-dom
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { HostStatus } from '../../../shared/contract/host';
import { makeStatus } from '../../test-host/host-data';
import { openPanel, withScriptedHost } from '../../test-host/open-panel';
import { refuseAsDown } from '../../test-host/refuse';
import { host } from '../../test-host/test-page';

withScriptedHost();

const idle = makeStatus();
const mib = 1024 ** 2;

/** Opens the overview of this status and finds a part of it by its title. */
async function openPart(title: string, fields: Partial<HostStatus>): Promise<HTMLElement> {
  host.feed('host', 'status', makeStatus(fields));
  await openPanel('/');
  return (await screen.findByRole('heading', { name: title })).closest('section')!;
}

describe('what arrives', () => {
  it('is told by signal, with what was rejected beside what was taken', async () => {
    const part = await openPart('Arriving', {
      ingest: {
        ...idle.ingest,
        rates: { spans: 12.34, logs: 0.5, points: 0 },
        totals: { spans: 1_234_567, logs: 20, points: 3 },
        rejected: { spans: 0, logs: 7, points: 0 },
        lastReceivedAt: Date.now() - 120_000,
      },
    });
    expect(within(part).getByText('12').nextSibling?.textContent).toBe('spans a second');
    expect(within(part).getByText('0.5')).toBeTruthy();
    expect(within(part).getByTitle('1,234,567').textContent).toBe('1.23M accepted');
    expect(within(part).getByText('7 rejected')).toBeTruthy();
    expect(within(part).getAllByText(/rejected/)).toHaveLength(1);
    expect(within(part).getByText(/last item/).textContent).toBe('last item 2 min ago');
  });

  it('is nothing yet before the first item', async () => {
    const part = await openPart('Arriving', {});
    expect(within(part).getByText('nothing yet')).toBeTruthy();
  });
});

describe('what was not kept as sent', () => {
  const rejection = (items: 'points' | 'requests', count: number, lost: boolean) => ({
    items,
    reason: `reason ${count}`,
    count,
    lost,
    metric: '',
    service: '',
    at: Date.now(),
  });

  it('counts refused requests, rejected items and those left out apart', async () => {
    const part = await openPart('Not kept as sent', {
      ingest: {
        ...idle.ingest,
        rejected: { spans: 2, logs: 0, points: 3 },
        leftOut: 1200,
        rejections: [rejection('requests', 1, true), rejection('points', 3, true)],
      },
    });
    expect(within(part).getByText('1 request refused · 5 rejected · 1,200 left out')).toBeTruthy();
    expect(within(part).getByText('1 request')).toBeTruthy();
  });

  it('shows hostile names as what they are', async () => {
    const hostile = { ...rejection('points', 1, true), metric: 'a\u202eb', service: 'c\u202ed', reason: 'e\u202ef' };
    const part = await openPart('Not kept as sent', { ingest: { ...idle.ingest, rejections: [hostile] } });
    for (const text of ['a‹U+202E›b', 'c‹U+202E›d', 'e‹U+202E›f']) expect(within(part).getByText(text)).toBeTruthy();
  });

  it('speaks of warnings where nothing was lost', async () => {
    const part = await openPart('Not kept as sent', {
      ingest: { ...idle.ingest, rejections: [rejection('points', 1, false)] },
    });
    expect(within(part).getByText('warnings')).toBeTruthy();
    expect(within(part).getByText('1 point')).toBeTruthy();
  });
});

describe('what is kept', () => {
  const stored = { spans: 12_345, logs: 9, points: 1_200_000, series: 310 };

  it('is told by both bounds, with what waits in the journal', async () => {
    const part = await openPart('Kept on this machine', {
      storage: {
        ...idle.storage,
        stored,
        diskBytes: 512 * mib,
        oldestAt: Date.now() - 36 * 3_600_000,
        backlogBytes: 3 * mib,
      },
    });
    const [disk, age] = within(part).getAllByRole('meter');
    expect([disk, age].map((meter) => Math.round(Number(meter!.getAttribute('aria-valuenow'))))).toEqual([25, 50]);
    expect(disk!.getAttribute('aria-valuetext')).toBe('512 MiB of 2.0 GiB');
    expect(within(part).getByText('oldest 1 d ago, 72 h at most')).toBeTruthy();
    expect(within(part).getByTitle('12,345').textContent).toBe('12.3k');
    expect(within(part).getByText('150 MiB memory · 3.0 MiB waiting in the journal')).toBeTruthy();
  });

  it('claims no age where nothing is kept', async () => {
    const part = await openPart('Kept on this machine', {});
    expect(within(part).getByText('nothing kept, 72 h at most')).toBeTruthy();
    expect(within(part).getByText('150 MiB memory')).toBeTruthy();
  });

  it('counts nothing where the backend does not', async () => {
    const part = await openPart('Kept on this machine', { storage: { ...idle.storage, stored: null } });
    expect(within(part).getByText('12.0 MiB in /home/ada/.watchtower/data, for 72 h.')).toBeTruthy();
    expect(within(part).queryByRole('meter')).toBeNull();
  });

  it('is a volume, and deleted with the stack, where Docker keeps it', async () => {
    const part = await openPart('Kept on this machine', {
      backend: 'docker',
      storage: { ...idle.storage, stored: null, diskBytes: 0, dataDir: 'watchtower_tempo' },
    });
    expect(within(part).getByText('not measured')).toBeTruthy();
    expect(within(part).getByText('150 MiB, all containers')).toBeTruthy();
    expect(within(part).getByRole('link', { name: 'Delete' }).getAttribute('href')).toBe('/stack');
  });
});

describe('what runs', () => {
  it('names the part that is down and why, and says nothing of those that are up', async () => {
    const [grpc, tempo] = idle.services;
    host.feed(
      'host',
      'status',
      makeStatus({ state: 'degraded', services: [grpc!, { ...tempo!, state: 'down', detail: 'The port is held.' }] }),
    );
    await openPanel('/');
    const part = await screen.findByRole('region', { name: 'Backend' });
    expect(within(part).getByTitle('The port is held.').textContent).toBe('Tempo API down');
    expect(within(part).getByText('OTLP/gRPC receiver').textContent).toBe('OTLP/gRPC receiver');
    expect(within(part).getByRole('link', { name: 'Stack' })).toBeTruthy();
  });

  it('offers Grafana where there is one', async () => {
    const part = await openPart('Endpoints', {
      backend: 'docker',
      endpoints: { ...idle.endpoints, grafana: 'http://localhost:3000' },
    });
    const link = within(part).getByRole('link', { name: 'http://localhost:3000' });
    expect([link.getAttribute('target'), link.getAttribute('rel')]).toEqual(['_blank', 'noreferrer']);
    expect(within(part).getByRole('button', { name: 'Copy the Grafana URL' })).toBeTruthy();
  });
});

describe('the lines to set', () => {
  it('say why they are not there, in place of waiting for ever', async () => {
    host.answer('snippets', 'env', refuseAsDown);
    const part = await openPart('Waiting for your first span', {});
    expect(await within(part).findByText('It does not answer.')).toBeTruthy();
  });
});
