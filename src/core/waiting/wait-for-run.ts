import { formatDuration } from '../../shared/format-duration';
import type { Run } from '../../shared/runs/run';
import type { ObservedHost } from '../observing/observed-host';
import { untilMet } from '../observing/until-met';
import { listenToRun } from './listen-to-run';
import type { WaitOutcome } from './wait-outcome';

export interface RunWait {
  ref: string;
  /** Nothing of it came for so long, milliseconds. */
  quietMs: number;
  timeoutMs: number;
  signal: AbortSignal;
}

const lookMs = 200;

/** Until a run is quiet: its command has ended, nothing of it came for a while, and all that came is visible. */
export async function waitForRun(
  host: ObservedHost,
  { ref, quietMs, timeoutMs, signal }: RunWait,
): Promise<WaitOutcome> {
  const began = performance.now();
  const { id } = await host.run(ref);
  const listening = listenToRun(host, id, signal);
  const look = async () => {
    const run = await host.run(id);
    const silentMs = listening.silentMs();
    const endedLongAgo = run.endedAt !== null && Date.now() - run.endedAt > quietMs;
    return {
      run,
      isQuiet: run.state !== 'running' && (silentMs >= quietMs || (listening.batches() === 0 && endedLongAgo)),
    };
  };
  const { run, isQuiet } = await untilMet(look, (seen) => seen.isQuiet, {
    timeoutMs,
    intervalMs: lookMs,
    signal,
  }).finally(() => listening.close());
  const settled = isQuiet && (await host.settled(Math.max(1, Math.ceil(timeoutMs - (performance.now() - began)))));
  const tookMs = Math.round(performance.now() - began);
  if (settled)
    return { met: true, sentence: `${nameOf(run)} is quiet: ${howEnded(run)}.`, found: [], seen: [], tookMs };
  const silence = formatDuration(listening.silentMs() * 1e6);
  const seen =
    run.state === 'running'
      ? ['its command has not ended']
      : [listening.batches() > 0 ? `its last telemetry came ${silence} ago` : 'what came is not yet all visible'];
  return { met: false, sentence: `Waited ${timeoutMs} ms, and ${nameOf(run)} is not quiet.`, found: [], seen, tookMs };
}

function nameOf({ name, id }: Run): string {
  return `The run ${name} (${id})`;
}

function howEnded({ state, exitCode, signal }: Run): string {
  if (state === 'lost') return 'what ran it is gone';
  return signal ? `its command was ended by ${signal}` : `its command ended with ${exitCode}`;
}
