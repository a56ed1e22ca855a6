import { JournalUnavailable, type JournalWriter } from '../journal/journal-writer-port';
import { describeRejections } from './describe-rejections';
import type { IngestCounters } from './ingest-counters';
import { MemoryBudget } from './memory-budget';
import type { Signal } from './signal';
import { validateRequest } from './validate-request';

/** The answer to one request, before a transport gives it its form. */
export type Acceptance =
  /** Durable. `rejected` items were not kept; `message` says why, or warns of what was kept. */
  | { readonly kind: 'accepted'; readonly rejected: number; readonly message: string }
  | { readonly kind: 'undecodable'; readonly message: string }
  | { readonly kind: 'too-large'; readonly message: string }
  /** Nothing was kept; the same request may succeed later. `overload`: too much at once, else storage is out of order. */
  | { readonly kind: 'retry'; readonly overload: boolean; readonly retryAfterMs: number; readonly message: string };

export interface Intake {
  /** What every request takes its memory from, from its first byte to its answer. */
  readonly budget: MemoryBudget;
  /** The one way in for both transports: protobuf bytes are checked, counted, journalled, answered. */
  accept(signal: Signal, request: Uint8Array): Promise<Acceptance>;
  /** A transport refused a request itself. */
  refused(): void;
}

const ALL_KEPT: Acceptance = { kind: 'accepted', rejected: 0, message: '' };
const UNDECODABLE: Acceptance = { kind: 'undecodable', message: 'the body is not a protobuf Export…ServiceRequest' };

export function createIntake(journal: JournalWriter, counters: IngestCounters): Intake {
  const refuse = (acceptance: Acceptance) => {
    counters.refusal();
    return acceptance;
  };

  const accept = async (signal: Signal, request: Uint8Array): Promise<Acceptance> => {
    const pressure = journal.pressure();
    if (pressure) return refuse({ ...pressure, kind: 'retry', overload: pressure.cause === 'backlog' });

    const valid = validateRequest(signal, request);
    if (valid === 'undecodable') return refuse(UNDECODABLE);
    const { items, rejected, rejections } = valid;
    if (items > rejected) {
      try {
        await journal.append(signal, request);
      } catch (error) {
        if (!(error instanceof JournalUnavailable)) throw error;
        return refuse({ kind: 'retry', overload: false, retryAfterMs: error.retryAfterMs, message: error.message });
      }
    }
    counters.request(signal, request.length, items, rejected, rejections);
    if (rejections.length === 0) return ALL_KEPT;
    return { kind: 'accepted', rejected, message: describeRejections(items, rejected, rejections) };
  };
  return { budget: new MemoryBudget(), accept, refused: () => counters.refusal() };
}
