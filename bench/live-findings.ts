import type { Programs } from './build-programs';
import { EngineProcess, generateLoad } from './engine-process';
import { threadSeconds } from './process-usage';

const RATE = 20_000;
/** As often as the panel asks. */
const EVERY_SECONDS = 10;
const WINDOW_MS = 900_000;
/** What a commit leaves to be done, and what an answer does. */
const SETTLE_MS = 300;
const ROUNDS = 8;

export interface LiveFindings {
  /** What an answer to somebody who follows the findings of the last quarter of an hour takes, in parts of what the spans took themselves. */
  readonly more: number[];
  /** How long the answers took, without the first, milliseconds. */
  readonly answers: number[];
}

/**
 * What it costs to ask for the findings as often as the panel does, with 20,000 spans a second arriving: ten seconds of them, and when
 * the engine rests, the question. The CPU of either is its own then; taken at the same time, the one would be lost in how much the
 * other varies.
 */
export async function measureLiveFindings({
  engine: program,
  generateLoad: loadProgram,
}: Pick<Programs, 'engine' | 'generateLoad'>): Promise<LiveFindings> {
  const engine = EngineProcess.start(program);
  try {
    const { tempo, otlpGrpc: port } = await engine.ready();
    const rounds: { more: number; took: number }[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const spans = await cpuOf(engine.pid, async () => {
        await generateLoad(loadProgram, {
          ...{ transport: 'grpc', port, signal: 'traces', seconds: EVERY_SECONDS, rate: RATE, inFlight: 16 },
        });
        await ask(`http://127.0.0.1:${tempo}/watchtower/settled?timeout=30000`);
      });
      let took = 0;
      const answer = await cpuOf(engine.pid, async () => {
        took = await askForFindings(tempo);
      });
      rounds.push({ more: answer / spans, took });
    }
    // The first one looks at all that is there.
    const followed = rounds.slice(1);
    return { more: followed.map(({ more }) => more), answers: followed.map(({ took }) => took) };
  } finally {
    await engine.stop();
  }
}

async function cpuOf(pid: number, work: () => Promise<unknown>): Promise<number> {
  const before = threadSeconds(pid);
  await work();
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return threadSeconds(pid) - before;
}

async function askForFindings(tempo: number): Promise<number> {
  const began = performance.now();
  const to = Date.now();
  const window = new URLSearchParams({ start: `${to - WINDOW_MS}`, end: `${to}` });
  const { findings } = (await ask(`http://127.0.0.1:${tempo}/watchtower/findings?${window}`)) as {
    findings: unknown[];
  };
  if (findings.length === 0) throw new Error('nothing was found in the load');
  return performance.now() - began;
}

/** As the host asks. */
async function ask(url: string): Promise<unknown> {
  const answer = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}
