import { isDeepStrictEqual } from 'node:util';
import type {
  Delivery,
  Destination,
  DestinationInput,
  DestinationsStatus,
  RedactionPreview,
  RedactionRule,
  TestResult,
} from '../../shared/contract/destinations';
import type { Problem } from '../../shared/problem';
import type { HostLog } from '../log/host-log';
import { maskProblem } from '../secrets/mask-problem';
import { maskSecrets } from '../secrets/mask-secrets';
import type { SecretStore, StoredSecrets } from '../secrets/secret-store';
import { type Change, done, failed } from './change';
import { describeDestination, secretMissing } from './describe-destination';
import { destinationHeaders } from './destination-headers';
import type { DestinationStore } from './destination-store';
import { refuseOwnEndpoint } from './endpoint/refuse-own-endpoint';
import { type Forwarding, forwardingOf } from './forwarding';
import { type Kept, type Plan, planAdd, planRedaction, planRemove, planToggle, planUpdate } from './plan-change';
import { testDestination } from './test-destination';

export interface DestinationControllerOptions {
  store: DestinationStore;
  secrets: SecretStore;
  /** Makes the backend send there, and nowhere else. With a problem the old setting is still in force. */
  applyForwarding(forwarding: Forwarding): Promise<Problem | null>;
  /** Base URL of the OTLP/HTTP receiver whose data is sent on. */
  ownEndpoint(): string | undefined;
  delivery: {
    /** Null while the backend does not know the destination. */
    read(id: string): Delivery | null;
    subscribe(listener: () => void): () => void;
  };
  preview(rules: readonly RedactionRule[]): Promise<Change<RedactionPreview>>;
  log: HostLog;
}

const nothing = { spans: 0, logs: 0, points: 0 };
const noDelivery: Delivery = {
  state: 'off',
  sent: nothing,
  dropped: nothing,
  queued: 0,
  queueUnit: 'requests',
  queueCapacity: 0,
  bytes: 0,
  lastSentAt: null,
  lastError: null,
};

/**
 * The destinations and what is redacted for them. Changes follow one another; each is tried on the backend before it is
 * kept, and with a failure the old setting stays, here, on disk and in the backend.
 */
export class DestinationController {
  private change: DestinationsStatus['change'] = { state: 'done' };
  private known: StoredSecrets = { secrets: new Map(), problem: null };
  /** Every secret met since the start: old logs still show those of removed destinations. */
  private readonly everKnown = new Set<string>();
  private queue: Promise<unknown> = Promise.resolve();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: DestinationControllerOptions) {
    options.delivery.subscribe(() => this.changed());
  }

  /** Reads the secrets; called once before anything else. */
  async open(): Promise<this> {
    await this.readSecrets();
    return this;
  }

  /** The file of destinations could not be read; what is wrong with one destination stands in that. */
  get problem(): Problem | null {
    return this.options.store.problem;
  }

  snapshot(): DestinationsStatus {
    const { destinations, redaction, agentContent = false } = this.options.store.current();
    return {
      destinations: destinations.map((each) => describeDestination(each, this.known, this.deliveryOf(each))),
      redaction,
      agentContent,
      secretStore: this.options.secrets.place,
      change: this.change,
    };
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** What is switched on now, with its secrets. */
  async forwarding(): Promise<Forwarding> {
    const { stored, secrets } = await this.kept();
    return forwardingOf(stored, secrets);
  }

  /** Sends what is switched on to the backend again. */
  apply(): Promise<Problem | null> {
    return this.inTurn(async () => {
      const problem = await this.tryOut(await this.forwarding());
      this.settle(problem);
      return problem;
    });
  }

  add(input: DestinationInput): Promise<Change<Destination>> {
    return this.carryOut(
      (kept) => planAdd(kept, input),
      ({ id }) => this.describe(id),
    );
  }

  update(id: string, input: DestinationInput): Promise<Change<Destination>> {
    return this.carryOut(
      (kept) => planUpdate(kept, id, input),
      () => this.describe(id),
    );
  }

  remove(id: string): Promise<Change<DestinationsStatus>> {
    return this.carryOut(
      (kept) => planRemove(kept, id),
      () => this.snapshot(),
    );
  }

  toggle({ id, enabled }: { id?: string | undefined; enabled: boolean }): Promise<Change<DestinationsStatus>> {
    return this.carryOut(
      (kept) => planToggle(kept, enabled, id),
      () => this.snapshot(),
    );
  }

  setRedaction(rules: RedactionRule[]): Promise<Change<DestinationsStatus>> {
    return this.carryOut(
      (kept) => planRedaction(kept, rules),
      () => this.snapshot(),
    );
  }

  setAgentContent(on: boolean): Promise<Change<DestinationsStatus>> {
    return this.carryOut(
      ({ stored }) => ({ stored: { ...stored, agentContent: on } }),
      () => this.snapshot(),
    );
  }

  async test(id: string): Promise<Change<TestResult>> {
    const { stored, secrets } = await this.kept();
    const destination = stored.destinations.find((each) => each.id === id);
    if (!destination) {
      return failed({
        kind: 'unknown-destination',
        message: `There is no destination "${id}".`,
        hint: 'List them first.',
      });
    }
    const headers = destinationHeaders(destination, secrets.get(id));
    if (!headers) return failed(this.known.problem ?? secretMissing(destination.name));
    const result = await testDestination({ ...destination, headers });
    this.options.log.info({ destination: id, status: result.status, ok: result.ok }, 'destination tested');
    return done(result);
  }

  preview(rules: readonly RedactionRule[]): Promise<Change<RedactionPreview>> {
    return this.options.preview(rules);
  }

  /** The change that failed last is known to the user. */
  dismissChange(): boolean {
    if (this.change.state !== 'failed' || this.change.problem?.lifetime !== 'until-seen') return false;
    this.change = { state: 'done' };
    this.changed();
    return true;
  }

  /** For whatever text of a backend is shown or logged. */
  maskSecrets(text: string): string {
    return maskSecrets(text, this.everKnown);
  }

  private carryOut<Value>(plan: (kept: Kept) => Plan | Problem, read: (plan: Plan) => Value): Promise<Change<Value>> {
    return this.inTurn(async () => {
      const kept = await this.kept();
      const next = plan(kept);
      if ('kind' in next) return failed(next);
      const problem = this.refuse(next) ?? (await this.replace(kept, next));
      if (problem) return failed(problem);
      this.options.log.info({ destinations: switches(next) }, 'destinations changed');
      return done(read(next));
    });
  }

  private refuse({ stored, id }: Plan): Problem | null {
    const changed = stored.destinations.find((each) => each.id === id);
    const own = this.options.ownEndpoint();
    return changed && own !== undefined ? refuseOwnEndpoint(changed.endpoint, own) : null;
  }

  private async replace(kept: Kept, next: Plan): Promise<Problem | null> {
    const secrets = new Map(kept.secrets);
    if (next.secret?.value) {
      secrets.set(next.secret.id, next.secret.value);
      this.remember(Object.values(next.secret.value));
    }
    const before = forwardingOf(kept.stored, kept.secrets);
    const after = forwardingOf(next.stored, secrets);
    const differs = !isDeepStrictEqual(before, after);
    const refused = differs ? await this.tryOut(after) : null;
    const unsaved = refused ? null : await this.save(kept, next);
    if (unsaved && differs) await this.tryOut(before);
    await this.readSecrets();
    const problem = refused ?? unsaved;
    // What was in force still is: told until seen.
    this.settle(problem && { ...problem, lifetime: 'until-seen' });
    return problem;
  }

  /** The secret first, so that no destination stands on disk without one; a removed one's goes last. */
  private async save(kept: Kept, { stored, secret }: Plan): Promise<Problem | null> {
    const { store, secrets } = this.options;
    const old = secret && kept.secrets.get(secret.id);
    const unset = secret?.value ? await secrets.set(secret.id, secret.value) : null;
    if (unset) return unset;
    const unsaved = await store.replace(stored);
    if (unsaved) {
      if (secret?.value) await (old ? secrets.set(secret.id, old) : secrets.delete(secret.id));
      return unsaved;
    }
    return secret && !secret.value ? secrets.delete(secret.id) : null;
  }

  private async tryOut(forwarding: Forwarding): Promise<Problem | null> {
    for (const { headers } of forwarding.destinations) this.remember(Object.values(headers));
    this.change = { state: 'switching' };
    this.changed();
    let problem: Problem | null;
    try {
      problem = await this.options.applyForwarding(forwarding);
    } catch (error) {
      problem = { kind: 'forwarding-failed', message: `The backend failed: ${(error as Error).message}` };
    }
    return problem && maskProblem(problem, (text) => this.maskSecrets(text));
  }

  private settle(problem: Problem | null): void {
    if (problem) this.options.log.warn({ problem }, 'destinations not changed');
    this.change = problem ? { state: 'failed', problem } : { state: 'done' };
    this.changed();
  }

  private async kept(): Promise<Kept> {
    await this.readSecrets();
    return { stored: this.options.store.current(), secrets: this.known.secrets };
  }

  private async readSecrets(): Promise<void> {
    this.known = await this.options.secrets.read();
    for (const secret of this.known.secrets.values()) this.remember(Object.values(secret));
  }

  /** Also the part behind `Basic` or `Bearer`, which may be shown alone. */
  private remember(values: readonly string[]): void {
    for (const value of values) {
      this.everKnown.add(value);
      this.everKnown.add(value.replace(/^(?:basic|bearer)\s+/i, ''));
    }
  }

  private describe(id: string | undefined): Destination {
    return this.snapshot().destinations.find((each) => each.id === id)!;
  }

  private deliveryOf({ id, enabled }: { id: string; enabled: boolean }): Delivery {
    const delivery = this.options.delivery.read(id) ?? noDelivery;
    if (!enabled) return { ...noDelivery, lastSentAt: delivery.lastSentAt };
    const { lastError } = delivery;
    return {
      ...delivery,
      state: delivery.state === 'off' ? 'waiting' : delivery.state,
      lastError: lastError && { ...lastError, message: this.maskSecrets(lastError.message) },
    };
  }

  private inTurn<Outcome>(work: () => Promise<Outcome>): Promise<Outcome> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => {});
    return turn;
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

function switches({ stored }: Plan): Record<string, boolean> {
  return Object.fromEntries(stored.destinations.map(({ id, enabled }) => [id, enabled]));
}
