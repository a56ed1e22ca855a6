import type { AssembledSession } from '../../shared/sessions/assembly/assembled-session';
import { countUsage, type Usage } from '../../shared/sessions/assembly/count-usage';
import type { SpanIndexReader, StoreReader } from '../store/reader/reader';
import type { Assembled } from './assemble-sessions';
import type { IndexedSession } from './session-index';

/** Unix milliseconds, `to` not included. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

interface Made {
  readonly version: string;
  /** Null: its rows tell nothing. */
  readonly session: AssembledSession | null;
  /** Of one that was asked for in part: of any other part it can be counted again. */
  usage: readonly Usage[] | undefined;
}

/** Sessions that are kept as they were made: those of a list that is asked for again and again. */
const MOST_KEPT = 1000;
/** What model calls used, of all of them; some 150 bytes each. */
const MOST_USAGE = 50_000;

/** Sessions as they were made, while no row of theirs came. */
export class MadeSessions {
  private static readonly ofIndex = new WeakMap<SpanIndexReader, MadeSessions>();
  private readonly kept = new Map<string, Made>();
  private usages = 0;

  /** Those of the opened database. */
  static of(reader: StoreReader): MadeSessions {
    const opened = reader.spanIndex();
    const made = MadeSessions.ofIndex.get(opened) ?? new MadeSessions();
    MadeSessions.ofIndex.set(opened, made);
    return made;
  }

  /** With what it used in the window; null where its rows tell nothing, undefined where it is to be made. */
  recall({ id, version }: IndexedSession, window: Window): AssembledSession | null | undefined {
    const made = this.kept.get(id);
    if (made?.version !== version) return undefined;
    const { session, usage } = made;
    if (!session || isWhole(session, window)) return session && { ...session, within: session.usage };
    return usage && { ...session, within: countUsage(usage, window.from, window.to) };
  }

  /** `assembled` for the window; the same as `recall` then answers. */
  keep(
    { id, version }: IndexedSession,
    assembled: Assembled<AssembledSession> | null,
    window: Window,
  ): AssembledSession | null {
    const session = assembled?.made ?? null;
    const usage = session && assembled && !isWhole(session, window) ? assembled.usage : undefined;
    this.drop(id);
    this.kept.set(id, { version, session, usage });
    this.usages += usage?.length ?? 0;
    for (const [oldest] of this.kept) {
      if (this.kept.size <= MOST_KEPT) break;
      this.drop(oldest);
    }
    for (const made of this.kept.values()) {
      if (this.usages <= MOST_USAGE) break;
      this.usages -= made.usage?.length ?? 0;
      made.usage = undefined;
    }
    return session;
  }

  private drop(id: string): void {
    this.usages -= this.kept.get(id)?.usage?.length ?? 0;
    this.kept.delete(id);
  }
}

function isWhole({ startedAt, lastAt }: AssembledSession, { from, to }: Window): boolean {
  return startedAt >= from && lastAt < to;
}
