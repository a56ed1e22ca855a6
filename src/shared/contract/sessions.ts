import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Problem } from '../problem';
import { CostGrouping, CostReport, SessionDetail, SessionList } from '../sessions/session';
import { queryErrors, TimeWindow } from './telemetry';

/** `data` says why, and what to do: no such session, or several that begin so. */
const sessionErrors = { SESSION: { status: 404, message: 'There is no such session.', data: Problem } } as const;
const query = oc.errors(queryErrors);
const session = oc.errors({ ...queryErrors, ...sessionErrors });

/** The id of a session, the start of one that no other has, or `last`. */
const SessionRef = z.string().min(1).max(500);

const limit = z.number().int().min(1).max(200).default(50);

/** Which part of the time line is told. */
const Part = { offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(2000).default(500) };

export const sessions = {
  list: query.input(z.object({ window: TimeWindow, limit })).output(SessionList),
  /** The list again whenever something of it changed, the first at once. `forMs`: a window of this length that ends now. */
  feed: query
    .input(z.object({ forMs: z.number().int().min(1000).default(86_400_000), limit }))
    .output(eventIterator(SessionList)),
  show: session.input(z.object({ ref: SessionRef, ...Part })).output(SessionDetail),
  /**
   * The session again whenever something of it changed, the first at once. Without an offset its last entries: those that a page of
   * a session at work shows.
   */
  watch: session
    .input(z.object({ ref: SessionRef, offset: z.number().int().min(0).optional(), limit: Part.limit }))
    .output(eventIterator(SessionDetail)),
  cost: query.input(z.object({ window: TimeWindow, by: CostGrouping.default('session') })).output(CostReport),
};
