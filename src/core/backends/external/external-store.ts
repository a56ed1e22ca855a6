import type { ExternalInput, ExternalSettings, ExternalStatus } from '../../../shared/contract/external';
import type { Problem } from '../../../shared/problem';
import type { DestinationSecret, SecretStore } from '../../secrets/secret-store';
import type { ExternalSettingsPlace } from './external-settings';
import { readCaFile } from './read-ca-file';
import { headerKey, readInput } from './read-input';
import type { ExternalAccess } from './resolve-endpoint';

interface ExternalStoreOptions {
  settings: ExternalSettingsPlace;
  secrets: SecretStore;
}

/** No id of a destination: those have no colon. */
const secretId = 'backend:external';

/** Where the external backend answers: settings in `settings.json`, values of headers where the secrets of destinations are. */
export class ExternalStore {
  private kept: DestinationSecret = {};
  private fault: Problem | null = null;
  private ca: string | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  /** Every value met since the start: old logs still show those that were replaced. */
  private readonly everKnown = new Set<string>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: ExternalStoreOptions) {}

  /** Reads what is kept; called once before anything else. */
  async open(): Promise<this> {
    const { secrets, problem } = await this.options.secrets.read();
    this.keep(secrets.get(secretId) ?? {});
    this.fault = problem;
    await this.readCa(this.settings);
    return this;
  }

  /** Called at each change. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  status(): ExternalStatus {
    return {
      settings: this.settings ?? null,
      hasSecrets: this.missingHeader() === null,
      secretStore: this.options.secrets.place,
    };
  }

  /** What to ask and with what; or why nothing can be asked. */
  access(): ExternalAccess | Problem {
    const { settings } = this;
    if (!settings) return notSet;
    if (this.fault) return this.fault;
    const missing = this.missingHeader();
    if (missing !== null) {
      return {
        kind: 'secret-missing',
        message: `The value of the header ${missing} of the external backend is not there.`,
        hint: 'Give it again: secrets of the desktop app and of `watchtower serve` are kept apart.',
      };
    }
    return { settings, secrets: this.kept, ca: this.ca };
  }

  /** On disk before it is in force; a failure leaves all as it was. */
  set(input: ExternalInput): Promise<Problem | null> {
    const turn = this.queue.then(() => this.change(input));
    this.queue = turn.catch(() => {});
    return turn;
  }

  /** As it would be after `set`: nothing is kept. */
  async preview(input: ExternalInput): Promise<ExternalAccess | Problem> {
    const read = readInput(input, this.kept);
    if ('kind' in read) return read;
    for (const value of Object.values(read.secrets)) this.everKnown.add(value);
    const { caFile } = read.settings;
    if (!caFile) return { ...read, ca: null };
    const found = await readCaFile(caFile);
    return 'kind' in found ? found : { ...read, ca: found.ca };
  }

  /** For the mask. */
  get knownSecrets(): Iterable<string> {
    return this.everKnown;
  }

  private get settings(): ExternalSettings | undefined {
    return this.options.settings.current();
  }

  private async change(input: ExternalInput): Promise<Problem | null> {
    const next = await this.preview(input);
    if ('kind' in next) return next;
    const { secrets } = this.options;
    const before = this.kept;
    const none = Object.keys(next.secrets).length === 0;
    const unset = none ? await secrets.delete(secretId) : await secrets.set(secretId, next.secrets);
    if (unset) return unset;
    const unwritten = await this.options.settings.write(next.settings);
    if (unwritten) {
      await (Object.keys(before).length === 0 ? secrets.delete(secretId) : secrets.set(secretId, before));
      return unwritten;
    }
    this.keep(next.secrets);
    this.fault = null;
    this.ca = next.ca;
    for (const listener of [...this.listeners]) listener();
    return null;
  }

  private keep(secrets: DestinationSecret): void {
    this.kept = secrets;
    for (const value of Object.values(secrets)) this.everKnown.add(value);
  }

  private missingHeader(): string | null {
    const missing = this.settings?.headers.find((header) => this.kept[headerKey(header)] === undefined);
    return missing?.name ?? null;
  }

  private async readCa(settings: ExternalSettings | undefined): Promise<void> {
    if (!settings?.caFile) return;
    const found = await readCaFile(settings.caFile);
    if ('kind' in found) this.fault ??= found;
    else this.ca = found.ca;
  }
}

const notSet: Problem = {
  kind: 'external-not-set',
  message: 'The external backend has no address yet.',
  hint: 'Give the URL of its Tempo, Loki or Prometheus on the Stack page, or: watchtower backend external --tempo URL --loki URL --prometheus URL',
};
