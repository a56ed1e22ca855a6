import { statfs } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { EngineConfig, ForwardConfig, ForwardStats } from '../../shared/engine-messages';
import type { Problem } from '../../shared/problem';
import { journalFolder, listSegments } from '../journal/journal-format';
import { JournalReader } from '../journal/journal-reader';
import type { JournalPosition } from '../journal/journal-writer-port';
import { ChunkSource } from './chunk-source';
import { comparePositions } from './compare-positions';
import { DestinationClient } from './destination-client';
import { FORWARD_LIMITS, type ForwardLimits } from './forward-limits';
import { ForwardTally } from './forward-tally';
import { bytesBetween, oldestWithin } from './journal-extent';
import { createPackRequest, type PackRequest, type RedactRequest } from './pack-request';
import { type Positions, readPositions, writePositions } from './position-file';
import { Route } from './route';
import { readTarget, type Target } from './target';
import { withholdAgentContent } from './withhold-agent-content';

type Destination = ForwardConfig['destinations'][number];

export interface ForwarderEvents {
  /** Once a tick while there are destinations, and once after the last change. */
  onStats(stats: readonly ForwardStats[]): void;
  /** Segments from this one on are still needed; null: none are. */
  onNeeded(from: number | null): void;
}

export type CompileRedaction = (rules: ForwardConfig['redaction']) => RedactRequest | null | { problem: Problem };

/** What a destination's requests are packed by: it counts what it leaves out. */
type PackFor = (tally: ForwardTally) => PackRequest;

interface Lane {
  readonly destination: Destination;
  readonly tally: ForwardTally;
  readonly route: Route;
  /** Record sizes, for counts of what is not read yet. */
  averageBytes: number;
}

const ASSUMED_REQUEST_BYTES = 16 * 1024;

/** Sends what the journal receives to every destination, each on a route of its own; keeps their positions on the disk. */
export class Forwarder {
  private readonly limits: ForwardLimits;
  private lanes = new Map<string, Lane>();
  private rules: Pick<ForwardConfig, 'redaction' | 'agentContent'> = { redaction: [] };
  /** Of earlier runs, until the first configuration. */
  private saved: Positions;
  private readonly finishing = new Set<Route>();
  private written = '';
  private needed: number | null | undefined;
  private capacity: number;
  private changing: Promise<unknown> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;
  private saving: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataDir: string,
    private retention: EngineConfig['retention'],
    private readonly compileRedaction: CompileRedaction,
    private readonly events: ForwarderEvents,
    private end: JournalPosition,
    limits: Partial<ForwardLimits> = {},
  ) {
    this.limits = { ...FORWARD_LIMITS, ...limits };
    this.capacity = this.limits.maxBytes;
    this.saved = readPositions(dataDir);
    // A disk that cannot be looked at now is looked at again.
    this.timer = setInterval(() => void this.inTurn(() => this.tick()).catch(() => {}), this.limits.tickMs);
  }

  /**
   * From `at` on what is received goes to these destinations and to no other; what was received before for one that is
   * left out is sent for some seconds. Resolves when the positions are on the disk. Problems change nothing.
   */
  configure(config: ForwardConfig, at: JournalPosition): Promise<Problem | null> {
    return this.inTurn(async () => {
      const redact = this.compileRedaction(config.redaction);
      if (redact && 'problem' in redact) return redact.problem;
      const targets = new Map<Destination, Target>();
      for (const destination of config.destinations) {
        const target = readTarget(destination);
        if ('problem' in target) return target.problem;
        targets.set(destination, target);
      }
      this.advanced(at);
      const { redaction, agentContent = false } = config;
      const pack: PackFor = (tally) =>
        createPackRequest(agentContent ? redact : withholdAgentContent(redact, (values) => tally.addWithheld(values)));
      await this.exchange(targets, { redaction, agentContent }, pack, at);
      if (this.lanes.size === 0) this.events.onStats([]);
      await this.save();
      return null;
    });
  }

  /** The journal ends here now. */
  advanced(end: JournalPosition): void {
    if (comparePositions(end, this.end) > 0) this.end = end;
    for (const { route } of this.lanes.values()) route.advanced();
  }

  setRetention(retention: EngineConfig['retention']): void {
    this.retention = retention;
  }

  /** Sends what stands before `end` while that goes well, for at most `graceMs`; the rest is sent by the next run. */
  drain(end: JournalPosition, graceMs: number): Promise<void> {
    clearInterval(this.timer);
    clearTimeout(this.saving);
    return this.inTurn(async () => {
      const routes = [...this.finishing, ...[...this.lanes.values()].map(({ route }) => route)];
      const late = new AbortController();
      await Promise.race([
        Promise.all(routes.map((route) => route.finish(end))),
        pause(graceMs, undefined, { signal: late.signal }).catch(() => {}),
      ]);
      late.abort();
      await Promise.all(routes.map((route) => route.stop()));
      await this.save();
    });
  }

  private async exchange(
    targets: ReadonlyMap<Destination, Target>,
    rules: Pick<ForwardConfig, 'redaction' | 'agentContent'>,
    pack: PackFor,
    at: JournalPosition,
  ): Promise<void> {
    const old = this.lanes;
    const sameRules = isDeepStrictEqual(rules, this.rules);
    this.rules = rules;
    this.lanes = new Map();
    for (const [destination, target] of targets) {
      const before = old.get(destination.id);
      old.delete(destination.id);
      if (before && sameRules && isDeepStrictEqual(destination, before.destination)) {
        this.lanes.set(destination.id, before);
        continue;
      }
      // What waits leaves by the new settings, also what is under way and may then arrive twice.
      await before?.route.stop();
      const from = before?.route.position ?? this.resume(destination.id, at);
      const tally = before?.tally ?? new ForwardTally(this.limits.now);
      const route = this.open(target, pack(tally), tally, from);
      this.lanes.set(destination.id, { destination, tally, route, averageBytes: ASSUMED_REQUEST_BYTES });
    }
    this.saved = new Map();
    for (const { route } of old.values()) this.finish(route, at);
  }

  /** Where an earlier run ended, unless that journal is gone. */
  private resume(id: string, at: JournalPosition): JournalPosition {
    const saved = this.saved.get(id);
    return saved && comparePositions(saved, at) < 0 ? saved : at;
  }

  private open(target: Target, pack: PackRequest, tally: ForwardTally, from: JournalPosition): Route {
    // The store says what is damaged or missing; here the rest is sent.
    const reader = new JournalReader(journalFolder(this.dataDir), from, { onDamage: async () => {}, onGap: () => {} });
    const { timeoutMs, now } = this.limits;
    const client = new DestinationClient(target, { timeoutMs, now });
    return new Route(new ChunkSource(reader, from), client, pack, tally, this.limits, () => this.moved());
  }

  private finish(route: Route, end: JournalPosition): void {
    this.finishing.add(route);
    const late = setTimeout(() => void route.stop(), this.limits.finishMs);
    void route.finish(end).then(() => {
      clearTimeout(late);
      this.finishing.delete(route);
    });
  }

  private async tick(): Promise<void> {
    if (this.lanes.size > 0) {
      const segments = listSegments(journalFolder(this.dataDir));
      const { bavail, bsize } = await statfs(this.dataDir);
      const { maxBytes, reserveBytes } = this.limits;
      this.capacity = Math.max(0, Math.min(maxBytes, this.retention.maxBytes / 8, bavail * bsize - reserveBytes));
      const before = oldestWithin(segments, this.capacity);
      for (const { route } of this.lanes.values()) route.giveUp(before);
      this.events.onStats([...this.lanes.values()].map((lane) => this.report(lane, segments)));
    }
    await this.save();
  }

  private report(lane: Lane, segments: ReturnType<typeof listSegments>): ForwardStats {
    const { destination, tally, route } = lane;
    const { requests, bytes } = route.underWay;
    if (requests > 0) lane.averageBytes = bytes / requests;
    const unread = bytesBetween(segments, route.readPosition, this.end);
    return {
      id: destination.id,
      ...tally.read(),
      queuedRequests: requests + Math.ceil(unread / lane.averageBytes),
      queueCapacity: Math.round(this.capacity / lane.averageBytes),
      failing: route.isFailing,
    };
  }

  private moved(): void {
    this.saving ??= setTimeout(() => {
      this.saving = undefined;
      void this.inTurn(() => this.save());
    }, this.limits.saveMs);
  }

  private async save(): Promise<void> {
    const positions = new Map([...this.lanes].map(([id, { route }]) => [id, route.position]));
    const text = JSON.stringify([...positions]);
    if (text !== this.written) {
      // A full disk must not keep the journal from being deleted; the next tick tries again.
      await writePositions(this.dataDir, positions).then(
        () => {
          this.written = text;
        },
        () => {},
      );
    }
    const routes = [...this.finishing, ...[...this.lanes.values()].map(({ route }) => route)];
    const needed = routes.length === 0 ? null : Math.min(...routes.map(({ position }) => position.segment));
    if (needed !== this.needed) this.events.onNeeded(needed);
    this.needed = needed;
  }

  private inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const turn = this.changing.then(task);
    this.changing = turn.catch(() => {});
    return turn;
  }
}
