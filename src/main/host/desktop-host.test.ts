import { afterEach, describe, expect, it } from 'vitest';
import type { HostClient } from '../../core/http/client/create-host-client';
import type { HostFile } from '../../core/ownership/host-file';
import type { Problem } from '../../shared/problem';
import { DesktopHost } from './desktop-host';
import type { HostLink } from './host-link';
import { testRun, testView } from './test-view';

const { status, destinations, settings } = testView();

/** A link whose feeds tell one value each and go on until they are cut. */
function scriptedLink(pid: number, core: object | null = null) {
  const cuts: ((error?: Error) => void)[] = [];
  const feed =
    <Value>(value: Value) =>
    async (_input: undefined, { signal }: { signal: AbortSignal }) =>
      (async function* () {
        yield value;
        await new Promise<void>((resolve, reject) => {
          cuts.push((error) => (error ? reject(error) : resolve()));
          signal.addEventListener('abort', () => resolve());
        });
      })();
  const client = {
    host: { status: feed({ ...status, pid }), settingsFeed: feed(settings) },
    destinations: { status: feed(destinations) },
    runs: { feed: feed({ runs: [testRun(), testRun({ id: 'olderaaa' })] }) },
  } as unknown as HostClient;
  const link = { core, client, url: '', token: '', pid } as HostLink;
  return { link, cut: (error?: Error) => cuts.splice(0).forEach((end) => void end(error)) };
}

const file = (pid: number) => ({ pid }) as HostFile;
let host: DesktopHost;
afterEach(() => host.leave());

function open(linking: () => HostLink | Problem, found: () => HostFile | null = () => null, attached = linking) {
  host = new DesktopHost({
    link: async () => linking(),
    find: async () => found(),
    attach: () => attached() as HostLink,
    log: { info() {} },
    lookMs: 5,
  });
  return host;
}

describe('the host of the desktop app', () => {
  it('knows status, destinations, settings and the last run of its own host', async () => {
    open(() => scriptedLink(7, {}).link);
    expect(host.view.link).toBe('linking');
    expect(await host.start()).toBeNull();
    await expect
      .poll(() => host.view)
      .toMatchObject({ link: 'own', pid: 7, status: { pid: 7 }, settings, destinations, lastRun: testRun() });
  });

  it('says why it cannot become one', async () => {
    const problem = { kind: 'home-not-writable', message: 'no' } as const;
    open(() => problem);
    expect(await host.start()).toEqual(problem);
    expect(host.link).toBeNull();
  });

  it('waits for the next host when that of another process ends, without taking over', async () => {
    const first = scriptedLink(1);
    let links = 0;
    let running: HostFile | null = null;
    open(
      () => {
        links += 1;
        return first.link;
      },
      () => running,
      () => scriptedLink(2).link,
    );
    await host.start();
    await expect.poll(() => host.view.status?.pid).toBe(1);
    first.cut(new Error('socket hang up'));
    await expect.poll(() => host.view).toMatchObject({ link: 'lost', status: null });
    expect(host.link).toBeNull();
    running = file(2);
    await expect.poll(() => host.view).toMatchObject({ link: 'attached', pid: 2, status: { pid: 2 } });
    expect(links).toBe(1);
  });

  it('takes over when told to, and goes on looking when it cannot', async () => {
    const first = scriptedLink(1);
    const answers: (HostLink | Problem)[] = [
      first.link,
      { kind: 'port-in-use', message: 'held' },
      scriptedLink(3, {}).link,
    ];
    let looks = 0;
    open(
      () => answers.shift()!,
      () => {
        looks += 1;
        return null;
      },
    );
    await host.start();
    await expect.poll(() => host.view.status?.pid).toBe(1);
    first.cut();
    await expect.poll(() => host.view.link).toBe('lost');
    expect(await host.start()).toMatchObject({ kind: 'port-in-use' });
    const before = looks;
    await expect.poll(() => looks).toBeGreaterThan(before);
    expect(await host.start()).toBeNull();
    await expect.poll(() => host.view).toMatchObject({ link: 'own', pid: 3 });
  });
});
