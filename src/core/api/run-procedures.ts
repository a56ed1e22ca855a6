import { ORPCError } from '@orpc/server';
import type { HostStatus } from '../../shared/contract/host';
import type { Problem } from '../../shared/problem';
import { findRun } from '../runs/find-run';
import type { RunBook } from '../runs/run-book';
import type { RunController } from '../runs/run-controller';
import { createStatusFeed } from './create-status-feed';
import type { Implementer } from './implement-contract';

export interface RunDependencies {
  runs: RunBook;
  runController: RunController;
  status(): Pick<HostStatus, 'endpoints'>;
}

/** Of the feed. */
const newest = 200;

/** Runs of commands: what is kept of them. */
export function createRunProcedures(os: Implementer, { runs, runController, status }: RunDependencies) {
  const find = (ref: string) => orRefuse(runs.find(ref));
  return os.runs.router({
    begin: os.runs.begin.handler(async ({ input }) => {
      const { otlpGrpc, otlpHttp } = status().endpoints;
      return { ...orRefuse(await runs.begin(input)), endpoints: { otlpGrpc, otlpHttp } };
    }),
    end: os.runs.end.handler(async ({ input }) => orRefuse(await runController.end(input))),
    list: os.runs.list.handler(async ({ input }) => {
      await runs.lookAfter();
      const named = runs
        .list()
        .filter(
          ({ name, agent }) =>
            (input.name === undefined || name === input.name) &&
            (input.agent === undefined || agent?.harness === input.agent),
        );
      return { runs: named.slice(0, input.limit) };
    }),
    feed: os.runs.feed.handler(async ({ signal }) =>
      createStatusFeed(
        { read: () => ({ runs: runs.list().slice(0, newest) }), subscribe: (listener) => runs.subscribe(listener) },
        signal,
      ),
    ),
    get: os.runs.get.handler(async ({ input }) => {
      await runs.lookAfter();
      const { ref, agent: harness } = input;
      if (harness === undefined) return find(ref);
      return orRefuse(
        findRun(
          runs.list().filter(({ agent }) => agent?.harness === harness),
          ref,
        ),
      );
    }),
    summary: os.runs.summary.handler(async ({ input }) => orRefuse(await runController.markedSummary(input.ref))),
    diff: os.runs.diff.handler(async ({ input }) =>
      orRefuse(await runController.diff(input.before, input.after, input.force)),
    ),
    findings: os.runs.findings.handler(async ({ input }) => orRefuse(await runController.findings(input))),
    settled: os.runs.settled.handler(async ({ input }) => ({ settled: await runController.settled(input.timeoutMs) })),
    label: os.runs.label.handler(async ({ input }) => orRefuse(await runs.label(find(input.ref).id, input.label))),
    pin: os.runs.pin.handler(async ({ input }) => orRefuse(await runs.pin(find(input.ref).id, input.pinned))),
    delete: os.runs.delete.handler(async ({ input }) => {
      const { id } = find(input.ref);
      const problem = await runs.delete(id);
      if (problem) throw refuseRun(problem);
      return { deleted: id };
    }),
  });
}

function orRefuse<Value extends object>(answer: Value | { problem: Problem }): Value {
  if ('problem' in answer) throw refuseRun(answer.problem);
  return answer;
}

function refuseRun(problem: Problem): ORPCError<'RUN', Problem> {
  return new ORPCError('RUN', { status: 404, message: problem.message, data: problem });
}
