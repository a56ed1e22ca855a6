import type { Programs } from './build-programs';
import { EngineProcess, generateLoad } from './engine-process';
import { cpuSeconds } from './process-usage';

const RATE = 20_000;
/** As often as the panel asks. */
const EVERY_MS = 10_000;
const WINDOW_MS = 900_000;
/** What the first spans cost more: compiling, caches. */
const WARM_MS = 10_000;
const ROUNDS = 3;

export interface LiveFindings {
  /** Cores of the engine without and with somebody who follows the findings of the last quarter of an hour, a pair each round. */
  readonly cores: { readonly without: number; readonly within: number }[];
  /** How long the answers took, without the first, milliseconds. */
  readonly answers: number[];
}

/** With 20,000 spans a second arriving: what it costs to ask for the findings as often as the panel does. */
export async function measureLiveFindings({
  engine: program,
  generateLoad: loadProgram,
}: Programs): Promise<LiveFindings> {
  const engine = EngineProcess.start(program);
  try {
    const { tempo, otlpGrpc } = await engine.ready();
    const seconds = (WARM_MS + (2 * ROUNDS + 1) * EVERY_MS) / 1000;
    const load = generateLoad(loadProgram, {
      ...{ transport: 'grpc', port: otlpGrpc, signal: 'traces', seconds, rate: RATE, inFlight: 16 },
    });
    await pause(WARM_MS);
    await ask(tempo);
    const cores: LiveFindings['cores'] = [];
    const answers: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const without = await coresOf(engine.pid, () => pause(EVERY_MS));
      const within = await coresOf(engine.pid, async () => {
        answers.push(await ask(tempo));
        await pause(EVERY_MS - answers.at(-1)!);
      });
      cores.push({ without, within });
    }
    await load;
    return { cores, answers };
  } finally {
    await engine.stop();
  }
}

async function coresOf(pid: number, work: () => Promise<unknown>): Promise<number> {
  const [cpu, began] = [cpuSeconds(pid), performance.now()];
  await work();
  return (cpuSeconds(pid) - cpu) / ((performance.now() - began) / 1000);
}

async function ask(tempo: number): Promise<number> {
  const began = performance.now();
  const to = Date.now();
  const window = new URLSearchParams({ start: `${to - WINDOW_MS}`, end: `${to}` });
  const answer = await fetch(`http://127.0.0.1:${tempo}/watchtower/findings?${window}`);
  const { findings } = (await answer.json()) as { findings: unknown[] };
  if (findings.length === 0) throw new Error('nothing was found in the load');
  return performance.now() - began;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
