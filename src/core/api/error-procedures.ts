import { ORPCError } from '@orpc/server';
import type { Problem } from '../../shared/problem';
import type { ErrorInbox } from '../errors/error-inbox';
import { followErrors } from '../errors/follow-errors';
import type { MuteBook } from '../errors/mute-book';
import type { Implementer } from './implement-contract';
import { mapFeedFailures } from './map-failure';

export interface ErrorDependencies {
  errorInbox: ErrorInbox;
  mutes: MuteBook;
}

/** Errors of applications, and which are muted. */
export function createErrorProcedures(os: Implementer, { errorInbox, mutes }: ErrorDependencies) {
  return os.errors.router({
    list: os.errors.list.handler(async ({ input, signal }) => orRefuse(await errorInbox.list(input, signal))),
    feed: os.errors.feed.handler(({ input, signal }) =>
      mapFeedFailures(followErrors(errorInbox, input, refuseErrors, signal)),
    ),
    group: os.errors.group.handler(async ({ input, signal }) => orRefuse(await errorInbox.group(input, signal))),
    count: os.errors.count.handler(async ({ input: { window }, signal }) => {
      const all = { onlyNew: false, newSince: 'window', muted: 'hide', sort: 'last', limit: 1, buckets: 1 } as const;
      const { total, occurrences, newGroups } = orRefuse(await errorInbox.list({ ...all, window }, signal));
      return { groups: total, occurrences, newGroups };
    }),
    mute: os.errors.mute.handler(async ({ input: { ids, how } }) => {
      const problem = await mutes.mute(ids, how);
      if (problem) throw refuseErrors(problem);
      return { muted: how === null ? 0 : ids.length };
    }),
  });
}

function orRefuse<Value extends object>(answer: Value | { problem: Problem }): Value {
  if ('problem' in answer) throw refuseErrors(answer.problem);
  return answer;
}

function refuseErrors(problem: Problem): ORPCError<'ERRORS', Problem> {
  return new ORPCError('ERRORS', { status: 409, message: problem.message, data: problem });
}
