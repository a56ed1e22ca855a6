import { JournalUnavailable, type JournalWriter } from '../journal/journal-writer-port';
import type { Signal } from '../wire/signal';
import { NO_ROOM } from './body/body-failure';
import { type Lease, MemoryBudget } from './body/memory-budget';
import type { IngestCounters } from './ingest-counters';
import { describeRejections } from './request/describe-rejections';
import { mergePieces } from './request/merge-pieces';
import type { RequestFault } from './request/request-check';
import { MAX_ITEM_PARTS, MAX_REQUEST_ITEMS, MAX_REQUEST_PARTS, WHOLE_REQUEST } from './request/request-limits';
import { MAX_REPEATED_BYTES, splitRequest } from './request/split-request';
import { type ValidRequest, validateRequest } from './request/validate-request';

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
  /** A transport refused a request itself; `why` is told to those who look. */
  refused(why?: string): void;
}

const ALL_KEPT: Acceptance = { kind: 'accepted', rejected: 0, message: '' };
const FAULTS: Readonly<Record<RequestFault, Acceptance>> = {
  undecodable: { kind: 'undecodable', message: 'the body is not a protobuf Export…ServiceRequest' },
  'too-many-items': tooLarge(`the request holds more than ${MAX_REQUEST_ITEMS} items`),
  'too-many-parts': tooLarge(
    `the request holds more than ${MAX_REQUEST_PARTS} attributes, events, buckets and other parts`,
  ),
  'item-too-large': tooLarge(
    `one item of the request holds more than ${MAX_ITEM_PARTS} attributes, events, buckets and other parts`,
  ),
};

const TOO_MUCH_REPEATED = tooLarge(
  `resource, scope and metric of the request are so long that its parts would take more than ${MAX_REPEATED_BYTES} bytes more`,
);
const NO_ROOM_FOR_PIECES: Acceptance = {
  kind: 'retry',
  overload: false,
  retryAfterMs: 200,
  message: NO_ROOM.message,
};

export function createIntake(journal: JournalWriter, counters: IngestCounters): Intake {
  const budget = new MemoryBudget();
  /** What may succeed later has a cause of this machine, which is told as a problem. */
  const refuse = (acceptance: Acceptance) => {
    counters.refusal(acceptance.kind === 'retry' ? undefined : acceptance.message);
    return acceptance;
  };

  /** The request, or what it is stored as: a retry gives the same pieces, each of which is then known. */
  const piecesOf = (signal: Signal, request: Uint8Array, { items, parts }: ValidRequest) => {
    const { bytes, items: mostItems, parts: mostParts } = WHOLE_REQUEST;
    const isWhole = request.length <= bytes && items <= mostItems && parts <= mostParts;
    return isWhole ? [request] : splitRequest(signal, request);
  };

  /** `copied` is for what is held beside the request as it was sent. */
  const keep = async (signal: Signal, sent: Uint8Array, copied: Lease): Promise<Acceptance> => {
    let request = sent;
    let valid = validateRequest(signal, request);
    if (typeof valid !== 'string' && valid.isInPieces) {
      if (!copied.take(request.length)) return refuse(NO_ROOM_FOR_PIECES);
      request = mergePieces(signal, request);
      valid = validateRequest(signal, request);
    }
    if (typeof valid === 'string') return refuse(FAULTS[valid]);
    const { items, rejected, rejections } = valid;
    if (items > rejected) {
      const pieces = piecesOf(signal, request, valid);
      if (!pieces) return refuse(TOO_MUCH_REPEATED);
      if (pieces.length > 1 && !copied.take(request.length)) return refuse(NO_ROOM_FOR_PIECES);
      if (pieces.length === 1) await journal.append(signal, pieces[0]!);
      else await Promise.all(pieces.map((piece) => journal.append(signal, piece)));
    }
    counters.request(signal, sent.length, items, rejected, rejections);
    if (rejections.length === 0) return ALL_KEPT;
    return { kind: 'accepted', rejected, message: describeRejections(items, rejected, rejections) };
  };

  const accept = async (signal: Signal, request: Uint8Array): Promise<Acceptance> => {
    const pressure = journal.pressure();
    if (pressure) return refuse({ ...pressure, kind: 'retry', overload: pressure.cause === 'backlog' });
    const copied = budget.lease();
    try {
      return await keep(signal, request, copied);
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      return refuse({ kind: 'retry', overload: false, retryAfterMs: error.retryAfterMs, message: error.message });
    } finally {
      copied.end();
    }
  };
  return { budget, accept, refused: (why) => counters.refusal(why) };
}

function tooLarge(what: string): Acceptance {
  return { kind: 'too-large', message: `${what}; send smaller batches` };
}
