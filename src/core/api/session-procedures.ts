import { ORPCError } from '@orpc/server';
import type { Problem } from '../../shared/problem';
import { followAnswers } from '../sessions/follow-answers';
import type { SessionController } from '../sessions/session-controller';
import type { Implementer } from './implement-contract';
import { mapFeedFailures } from './map-failure';

export interface SessionDependencies {
  sessions: SessionController;
}

/** Sessions of coding agents: what they did and cost. */
export function createSessionProcedures(os: Implementer, { sessions }: SessionDependencies) {
  const show = async (ref: string, wanted: { offset?: number | undefined; limit: number }, signal?: AbortSignal) =>
    orRefuse(await sessions.show(ref, wanted, signal));
  const version = () => sessions.version();
  return os.sessions.router({
    list: os.sessions.list.handler(({ input, signal }) => sessions.list(input.window, input.limit, signal)),
    feed: os.sessions.feed.handler(async ({ input, signal }) =>
      mapFeedFailures(
        followAnswers(
          (ends) => {
            const now = Date.now();
            return sessions.list({ from: now - input.forMs, to: now + 1000 }, input.limit, ends);
          },
          { signal, version },
        ),
      ),
    ),
    show: os.sessions.show.handler(({ input, signal }) => show(input.ref, input, signal)),
    watch: os.sessions.watch.handler(async ({ input, signal }) =>
      mapFeedFailures(followAnswers((ends) => show(input.ref, input, ends), { signal, version })),
    ),
    cost: os.sessions.cost.handler(({ input, signal }) => sessions.cost(input.window, input.by, signal)),
  });
}

function orRefuse<Value extends object>(answer: Value | { problem: Problem }): Value {
  if (!('problem' in answer)) return answer;
  const { problem } = answer;
  throw new ORPCError('SESSION', { status: 404, message: problem.message, data: problem });
}
