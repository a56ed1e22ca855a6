import { compareTexts } from '../compare-texts';
import { counted } from '../counted';
import type { Finding } from '../runs/finding';
import { fitLines } from './fit-lines';
import { plainLine } from './plain-line';

interface Found {
  readonly findings: readonly Finding[];
  readonly leftOut: readonly string[];
}

/** Findings as short text, what is new first, then problems, then what was seen most, in about so many tokens. */
export function describeFindings(found: Found, budget = 700): string {
  const { findings } = found;
  const lines = linesOfFindings(found);
  if (findings.length === 0) return ['Nothing found.', ...lines].join('\n');
  const head = [`${countFindings(findings)}. Each rule: docs/findings.md#RULE`];
  return fitLines(head, lines, budget, (left) => {
    const worse = left.filter((line) => line.startsWith('! ')).length;
    return `… ${counted(left.length, 'more finding')}${worse > 0 ? `, ${counted(worse, 'problem')}` : ''}: --budget ${Math.max(4000, 4 * budget)}, or --json`;
  });
}

/** The same line by line; problems begin with `!`, a rule's advice stands behind its first finding. `showTrace` writes an id. */
export function linesOfFindings(
  { findings, leftOut }: Found,
  showTrace: (traceId: string) => string = (traceId) => plainLine(traceId, 40),
): string[] {
  const advised = new Set<string>();
  const lines = rankFindings(findings).map((finding) => {
    const { severity, rule, service, sentence, advice, occurrences, evidence, isNew } = finding;
    const often = occurrences > 1 ? ` ×${occurrences}` : '';
    const isFirst = !advised.has(rule);
    advised.add(rule);
    const traceId = isFirst ? evidence[0]?.traceId : undefined;
    return `${severity === 'problem' ? '!' : '-'} ${isNew ? 'new ' : ''}${rule}${often} ${plainLine(service, 60)}: ${plainLine(sentence)}.${isFirst ? ` ${plainLine(advice)}` : ''}${traceId ? ` [trace ${showTrace(traceId)}]` : ''}`;
  });
  return [...lines, ...leftOut.map((sentence) => `… ${plainLine(sentence)}`)];
}

/** `2 problems, 1 hint, 1 of them new`; a kind of which there is none is not named. */
export function countFindings(findings: readonly Finding[]): string {
  const problems = findings.filter(({ severity }) => severity === 'problem').length;
  const hints = findings.length - problems;
  const fresh = findings.filter(({ isNew }) => isNew).length;
  return [
    ...(problems > 0 ? [counted(problems, 'problem')] : []),
    ...(hints > 0 ? [counted(hints, 'hint')] : []),
    ...(fresh > 0 ? [`${fresh} of them new`] : []),
  ].join(', ');
}

/** What is new against the last run first, then problems, then what was seen most. */
export function rankFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      Number(b.isNew ?? false) - Number(a.isNew ?? false) ||
      Number(a.severity === 'hint') - Number(b.severity === 'hint') ||
      b.occurrences - a.occurrences ||
      compareTexts(a.rule, b.rule) ||
      compareTexts(a.fingerprint, b.fingerprint),
  );
}
