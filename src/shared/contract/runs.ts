import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Problem } from '../problem';
import { Finding } from '../runs/finding';
import { mostRunsListed } from '../runs/most-runs-listed';
import { Revision, Run } from '../runs/run';
import { RunDiff } from '../runs/run-diff';
import { RunSummary } from '../runs/run-summary';
import { HostStatus } from './host';
import { TimeWindow } from './telemetry';

/** `data` says why, and what to do: no such run, a summary that is gone, a command that is another. */
const runErrors = { RUN: { status: 404, message: 'There is no such run.', data: Problem } } as const;
const run = oc.errors(runErrors);

/** An id or the start of one, a name, `NAME~1` for the one before the last of that name, `last`, `last~1`. */
const RunRef = z.string().min(1).max(200);

/** Only of what this harness started. */
const Harness = z.string().max(100).optional();

/** A run of this host, or a summary from a file. */
const Side = z.union([z.object({ ref: RunRef }), z.object({ summary: RunSummary })]);

export const RunBegin = z.object({
  name: z.string(),
  command: z.array(z.string()).min(1),
  folder: z.string(),
  revision: Revision.optional(),
  /** The run in which this one is started. */
  parentId: z.string().optional(),
  /** Of the run's own span. */
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  agent: Run.shape.agent,
  /** Of the process that runs it: gone with it, the run is `lost`. */
  pid: z.number().int(),
});
export type RunBegin = z.infer<typeof RunBegin>;

/** A run that has begun, and where its programs send to. */
const BegunRun = Run.extend({ endpoints: HostStatus.shape.endpoints.pick({ otlpGrpc: true, otlpHttp: true }) });

/** What a command did, as its own end tells it. */
export const RunReport = z.object({ run: Run, summary: RunSummary, diff: RunDiff.nullable() });
export type RunReport = z.infer<typeof RunReport>;

export const runs = {
  begin: run.input(RunBegin).output(BegunRun),
  /**
   * The command has ended and what it sent is there: makes the summary and compares it with the last run of its name, or the
   * one that is named.
   */
  end: run
    .input(
      z.object({
        id: z.string(),
        exitCode: z.number().int().nullable(),
        signal: z.string().optional(),
        /** Unix milliseconds, where that is not now. */
        endedAt: z.number().optional(),
        /** Lines of its output that were too many, or that nobody took. */
        unkeptLines: z.number().int().min(0).optional(),
        compare: Side.optional(),
        /** Also with a run of another command, or of which too little matches. */
        force: z.boolean().optional(),
      }),
    )
    .output(RunReport),
  /** Newest first. */
  list: oc
    .input(
      z.object({
        name: z.string().optional(),
        agent: Harness,
        limit: z.number().int().min(1).max(mostRunsListed).default(50),
      }),
    )
    .output(z.object({ runs: z.array(Run) })),
  /** Newest first, the newest 200; every change, the first value at once. */
  feed: oc.output(eventIterator(z.object({ runs: z.array(Run) }))),
  get: run.input(z.object({ ref: RunRef, agent: Harness })).output(Run),
  /** Of a run that is still running: so far. */
  summary: run.input(z.object({ ref: RunRef })).output(RunSummary),
  /** `force`: also where commands differ, or under half of the spans match. */
  diff: run.input(z.object({ before: Side, after: Side, force: z.boolean().default(false) })).output(RunDiff),
  /** An empty label takes it away. */
  label: run.input(z.object({ ref: RunRef, label: z.string().max(200) })).output(Run),
  pin: run.input(z.object({ ref: RunRef, pinned: z.boolean() })).output(Run),
  /** The run and its summary; its telemetry goes with the retention. */
  delete: run.input(z.object({ ref: RunRef })).output(z.object({ deleted: z.string() })),
  /** Of a run, or of everything in a window. */
  findings: run
    .input(z.union([z.object({ ref: RunRef }), z.object({ window: TimeWindow })]))
    .output(z.object({ findings: z.array(Finding), leftOut: z.array(z.string()) })),
  /** Answers when everything that was acknowledged before is visible to queries; false when that took longer. */
  settled: oc
    .input(z.object({ timeoutMs: z.number().int().min(1).max(60_000).default(10_000) }))
    .output(z.object({ settled: z.boolean() })),
};
