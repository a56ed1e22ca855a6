import type { Call } from './asked-calls';
import type { Incident } from './incident';

/** What is wrong with the answers: evidence that is missing, or a distractor above the cause. Empty: the cause is found. */
export function judgeAnswers(
  { evidence, distractors }: Pick<Incident, 'evidence' | 'distractors'>,
  calls: readonly Call[],
): string[] {
  const answers = calls.map(({ answer }) => answer);
  const missing = evidence.filter((pattern) => !answers.some((answer) => pattern.test(answer)));
  const [cause] = evidence;
  const naming = cause && answers.find((answer) => cause.test(answer));
  const above =
    naming === undefined ? [] : distractors.filter((pattern) => stands(pattern, naming) < stands(cause!, naming));
  return [
    ...missing.map((pattern) => `no answer shows ${pattern}`),
    ...above.map((pattern) => `${pattern} stands above the cause`),
  ];
}

function stands(pattern: RegExp, text: string): number {
  const at = text.search(pattern);
  return at === -1 ? Number.POSITIVE_INFINITY : at;
}
