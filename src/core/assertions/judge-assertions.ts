import type { Budgets } from './budgets/budget';
import { judgeBudgets } from './judge-budgets';
import { type CaseOptions, judgeCase } from './judge-case';
import type { Assertions } from './load/load-assertions';
import { type CaseVerdict, caseVerdict } from './verdict';

/**
 * Judges one after the other, each told as soon as it is known. Throws what the host throws where it cannot be asked; what
 * cannot be judged is a verdict.
 */
export async function judgeAssertions(
  { cases, budgets }: Assertions,
  options: CaseOptions,
  onVerdict: (verdict: CaseVerdict) => void = () => {},
): Promise<CaseVerdict[]> {
  const verdicts: CaseVerdict[] = [];
  const add = (verdict: CaseVerdict) => {
    verdicts.push(verdict);
    onVerdict(verdict);
  };
  for (const each of cases) add(await judgeCase(each, options));
  const { run } = options;
  for (const each of budgets) add(run ? await judgeBudgets(each, { ...options, run }) : withoutRun(each));
  return verdicts;
}

function withoutRun({ place }: Budgets): CaseVerdict {
  const message = 'it is about a run, and there is none yet: `watchtower run -- COMMAND` makes one';
  const failures = [{ rule: 'run', message, nearest: [] }];
  const verdict = { place, expected: 'a run', state: 'refused' as const, failures, seen: [], tookMs: 0 };
  return caseVerdict({ name: place.file, place }, [verdict], 0);
}
