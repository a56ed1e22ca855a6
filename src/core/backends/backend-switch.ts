import type { ServicesBackend } from '../../shared/contract/backend';
import type { Delivery } from '../../shared/contract/destinations';
import type { QueryApi } from '../../shared/contract/external';
import type { SwitchableBackend } from '../../shared/contract/host';
import type { Problem } from '../../shared/problem';
import type { Forwarding } from '../destinations/forwarding';
import type { HostLog } from '../log/host-log';
import type { QueryEndpoint } from '../telemetry/request/query-endpoint';
import type { Backend, BackendServices } from './backend';

export interface BackendSwitchOptions {
  backends: Readonly<Record<SwitchableBackend, Backend>>;
  chosen: SwitchableBackend;
  /** Keeps the choice for the next start of the host; the Problem says why it could not. */
  save(kind: SwitchableBackend): Promise<Problem | null>;
  /** Frees what the next one may want for itself, before it starts. */
  makeRoom?(): Promise<void>;
  log: HostLog;
}

/** Keeps one backend behind the ports and what it forwards. Changes follow one another. */
export class BackendSwitch {
  private kind: SwitchableBackend;
  private forwarding: Forwarding = { destinations: [], redaction: [] };
  private queue: Promise<unknown> = Promise.resolve();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: BackendSwitchOptions) {
    this.kind = options.chosen;
    for (const backend of this.all) {
      backend.subscribe(() => backend.kind === this.kind && this.changed());
    }
  }

  get current(): Backend {
    return this.options.backends[this.kind];
  }

  /** All of them, whichever stands behind the ports. */
  get all(): readonly Backend[] {
    return Object.values(this.options.backends);
  }

  /** Where its services run apart: also of one that does not stand behind the ports. */
  servicesOf(kind: ServicesBackend): BackendServices | undefined {
    return this.all.find((backend) => backend.kind === kind)?.services;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Stops the one, starts the other; the problem says why the old one still stands behind the ports. */
  switchTo(kind: SwitchableBackend): Promise<Problem | null> {
    return this.inTurn(async () => {
      if (kind === this.kind) return null;
      this.options.log.info({ from: this.kind, to: kind }, 'switching the backend');
      const next = this.options.backends[kind];
      const refused = next.notUsable?.() ?? (await next.forward(this.forwarding));
      if (refused) return refused;
      const stuck = await this.current.stop();
      if (stuck) return stuck;
      const unsaved = await this.save(kind);
      // The one that was there, where the choice cannot be kept.
      if (!unsaved) this.kind = kind;
      await this.options.makeRoom?.();
      this.current.start();
      this.changed();
      return unsaved;
    });
  }

  /** In force until the next call, whatever backend runs. */
  forward(forwarding: Forwarding): Promise<Problem | null> {
    return this.inTurn(async () => {
      const problem = await this.current.forward(forwarding);
      if (!problem) this.forwarding = forwarding;
      return problem;
    });
  }

  /** Where a query API of the current one is asked. Throws `BackendFailure` while that is not known. */
  queryEndpoint(api: QueryApi): QueryEndpoint {
    const { current } = this;
    return current.queryEndpoint?.(api) ?? { base: current.describe().endpoints[api] };
  }

  /** How the sending to a destination goes; null while the backend does not know it. */
  read(id: string): Delivery | null {
    return this.current.deliveries().get(id) ?? null;
  }

  /** The host ends. */
  async close(): Promise<void> {
    for (const backend of this.all) await backend.close();
  }

  private async save(kind: SwitchableBackend): Promise<Problem | null> {
    try {
      return await this.options.save(kind);
    } catch (error) {
      this.options.log.error({ work: 'keep the choice of the backend', error }, 'work in the background failed');
      return { kind: 'backend-not-kept', message: `The choice could not be kept: ${(error as Error).message}.` };
    }
  }

  private inTurn<Outcome>(work: () => Promise<Outcome>): Promise<Outcome> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => {});
    return turn;
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
