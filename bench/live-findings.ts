import type { Programs } from './build-programs';
import { EngineProcess, generateLoad } from './engine-process';
import { cpuSeconds } from './process-usage';

const RATE = 20_000;
/** As often as the panel asks. */
const EVERY_MS = 10_000;
const WINDOW_MS = 900_000;
/** What the first spans cost more: compiling, caches. */
const WARM_MS = 10_000;
const ROUNDS = 5;

export interface LiveFindings {
  /** What somebody who follows the findings of the last quarter of an hour costs the engine beyond its own, in parts of that. */
  readonly more: number[];
  /** How long the answers took, without the first of each engine, milliseconds. */
  readonly answers: number[];
}

/**
 * With 20,000 spans a second arriving: what it costs to ask for the findings as often as the panel does. Two engines get the same load at
 * the same time and one of them is asked, so that whatever else the machine does meets both; then the other one, since two copies of
 * one build differ by more than what is looked for.
 */
export async function measureLiveFindings({
  engine: program,
  generateLoad: loadProgram,
}: Programs): Promise<LiveFindings> {
  const engines = [EngineProcess.start(program), EngineProcess.start(program)] as const;
  try {
    const ports = await Promise.all(engines.map((engine) => engine.ready()));
    const seconds = (WARM_MS + 2 * (ROUNDS + 1) * EVERY_MS) / 1000;
    const loads = ports.map(({ otlpGrpc: port }) =>
      generateLoad(loadProgram, { transport: 'grpc', port, signal: 'traces', seconds, rate: RATE, inFlight: 16 }),
    );
    await pause(WARM_MS);
    const answers: number[] = [];
    const ratios: number[][] = [];
    for (const [asked, other] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const round = async () => {
        const before = engines.map(({ pid }) => cpuSeconds(pid));
        const took = await ask(ports[asked]!.tempo);
        await pause(EVERY_MS - took);
        const cpu = engines.map(({ pid }, index) => cpuSeconds(pid) - before[index]!);
        return { took, ratio: cpu[asked]! / cpu[other]! };
      };
      // The first one looks at all that is there.
      await round();
      const rounds = [];
      for (let number = 0; number < ROUNDS; number++) rounds.push(await round());
      answers.push(...rounds.map(({ took }) => took));
      ratios.push(rounds.map(({ ratio }) => ratio));
    }
    await Promise.all(loads);
    return { more: ratios[0]!.map((ratio, number) => Math.sqrt(ratio * ratios[1]![number]!) - 1), answers };
  } finally {
    await Promise.all(engines.map((engine) => engine.stop()));
  }
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
