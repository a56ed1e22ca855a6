import type { HostFile } from '../../core/ownership/host-file';
import type { Problem } from '../../shared/problem';
import type { HostLink } from './host-link';
import { type HostView, nothingKnown } from './host-view';

export interface DesktopHostOptions {
  /** Becomes the host or attaches to one. */
  link(): Promise<HostLink | Problem>;
  /** The host that runs on the home, if one does. */
  find(): Promise<HostFile | null>;
  attach(host: HostFile): HostLink;
  log: { info(details: object, message: string): void };
  /** Between two looks for a host that went away. */
  lookMs?: number;
}

/**
 * The app's one link to a host, and what is known of it. A host of another process that ends is not replaced unasked,
 * since whoever ended it may be starting it anew: the app waits for the next one, and becomes the host when told to.
 */
export class DesktopHost {
  view: HostView = nothingKnown;
  private current: HostLink | null = null;
  private following: AbortController | null = null;
  private starting: Promise<Problem | null> | null = null;
  private looking: NodeJS.Timeout | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: DesktopHostOptions) {}

  /** Null before the first link and while the host is lost. */
  get link(): HostLink | null {
    return this.current;
  }

  /** Calls back at every change of the view or the link. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Links, or links again where the host was lost. Asked twice, it links once. */
  start(): Promise<Problem | null> {
    this.starting ??= this.startOnce().finally(() => {
      this.starting = null;
    });
    return this.starting;
  }

  private async startOnce(): Promise<Problem | null> {
    if (this.current) return null;
    clearInterval(this.looking);
    const link = await this.options.link();
    if ('kind' in link) {
      if (this.view.link === 'lost') this.look();
      return link;
    }
    this.follow(link);
    return null;
  }

  /** No feed and no look after this. The core, if there is one, is not closed. */
  leave(): void {
    clearInterval(this.looking);
    this.following?.abort();
  }

  private follow(link: HostLink): void {
    this.current = link;
    const following = new AbortController();
    this.following = following;
    this.options.log.info({ pid: link.pid, own: link.core !== null }, 'linked to a host');
    this.show({ ...nothingKnown, link: link.core ? 'own' : 'attached', pid: link.pid });
    const { signal } = following;
    const { host, destinations, runs } = link.client;
    const lost = (error?: Error) => {
      if (signal.aborted) return;
      following.abort();
      this.lose(error);
    };
    const each = async <Value>(feed: Promise<AsyncIterable<Value>>, show: (value: Value) => void) => {
      for await (const value of await feed) if (!signal.aborted) show(value);
    };
    for (const followed of [
      each(host.status(undefined, { signal }), (status) => this.show({ ...this.view, status })),
      each(destinations.status(undefined, { signal }), (value) => this.show({ ...this.view, destinations: value })),
      each(host.settingsFeed(undefined, { signal }), (settings) => this.show({ ...this.view, settings })),
      each(runs.feed(undefined, { signal }), ({ runs: [lastRun = null] }) => this.show({ ...this.view, lastRun })),
    ]) {
      followed.then(() => lost(), lost);
    }
  }

  private lose(error: Error | undefined): void {
    this.options.log.info({ reason: error?.message ?? 'its feed ended' }, 'the host is gone');
    this.current = null;
    this.show({ ...nothingKnown, link: 'lost' });
    this.look();
  }

  private look(): void {
    let busy = false;
    this.looking = setInterval(async () => {
      if (busy) return;
      busy = true;
      const found = await this.options.find();
      busy = false;
      if (!found || this.current) return;
      clearInterval(this.looking);
      this.follow(this.options.attach(found));
    }, this.options.lookMs ?? 1000);
  }

  private show(view: HostView): void {
    this.view = view;
    for (const listener of [...this.listeners]) listener();
  }
}
