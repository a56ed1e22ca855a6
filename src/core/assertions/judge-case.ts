import type { Case, Place, Refusal } from './case';
import { type Circumstances, judgeExpectation } from './judge-expectation';
import { runScript } from './run-script';
import { type AppPlace, sendInput } from './send-input';
import { sendSeed } from './send-seed';
import { type CaseVerdict, caseVerdict, type Verdict } from './verdict';

export interface CaseOptions extends Circumstances {
  app: AppPlace;
  /** OTLP/HTTP base URL; missing where nothing can be sent. */
  otlpHttp: string | undefined;
  /** Scripts of cases may be run; the variables they get. */
  scripts: Readonly<Record<string, string>> | null;
}

const barrierMs = 10_000;

/** Sends what a case sends, asks its app what it asks, and judges what it expects, all at once. */
export async function judgeCase(given: Case, options: CaseOptions): Promise<CaseVerdict> {
  const began = performance.now();
  const startedAt = Date.now();
  const end = (verdicts: readonly Verdict[]) => caseVerdict(given, verdicts, Math.round(performance.now() - began));
  const refused = given.refusals.map(refusalVerdict);
  if (given.refusals.some(({ needed }) => needed)) return end(refused);
  const failed = await drive(given, options);
  if (failed) return end([...refused, failed]);
  await options.host.settled(Math.min(barrierMs, options.timeoutMs));
  // What a case has sent by itself is dated by it: what was sent before, by the same case, is not looked at.
  const from = given.seed ? startedAt - Math.max(0, ...seedDurations(given)) - 1 : options.from;
  const circumstances = { ...options, from, intervalMs: given.intervalMs ?? options.intervalMs };
  const verdicts = await Promise.all([
    ...given.expectations.map((expectation) => judgeExpectation(expectation, circumstances)),
    ...given.scripts.map((script) => judgeScript(script, options)),
  ]);
  return end([...refused, ...verdicts]);
}

async function drive(given: Case, options: CaseOptions): Promise<Verdict | undefined> {
  const { seed, inputs, place } = given;
  if (seed) {
    if (!options.otlpHttp) {
      const why = 'the backend takes no OTLP over HTTP';
      return refusalVerdict({ place, what: 'seed', why, needed: true });
    }
    const refusal = await sendSeed(options.otlpHttp, seed, options.run?.id);
    if (refusal) return failure(place, 'the seed is taken', 'seed', refusal);
  }
  for (const input of inputs) {
    const problem = await sendInput(input, options.app, options);
    if (problem) return failure(input.place, `${input.method} ${input.path} answers ${input.status}`, 'input', problem);
  }
  return undefined;
}

async function judgeScript(script: Case['scripts'][number], options: CaseOptions): Promise<Verdict> {
  if (!options.scripts) {
    const why = 'it runs a program; --allow-scripts lets it';
    return refusalVerdict({ place: script.place, what: 'custom-checks', why, needed: false });
  }
  const began = performance.now();
  const problem = await runScript(script, options.timeoutMs, options.scripts);
  const first = script.script.trim().split('\n')[0]!;
  const verdict = failure(script.place, `the script ${first} succeeds`, 'custom-check', problem ?? '');
  const tookMs = Math.round(performance.now() - began);
  return problem ? { ...verdict, tookMs } : { ...verdict, state: 'met', failures: [], tookMs };
}

function failure(place: Place, expected: string, rule: string, message: string): Verdict {
  return { place, expected, state: 'unmet', failures: [{ rule, message, nearest: [] }], seen: [], tookMs: 0 };
}

function refusalVerdict({ place, what, why }: Refusal): Verdict {
  const failures = [{ rule: what, message: `${what} is not judged here: ${why}`, nearest: [] }];
  return { place, expected: what, state: 'refused', failures, seen: [], tookMs: 0 };
}

function seedDurations({ seed }: Case): number[] {
  return seed?.traces.flatMap(({ spans }) => spans.map(({ durationMs }) => durationMs)) ?? [];
}
