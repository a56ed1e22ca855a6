import { compareTexts } from '../compare-texts';
import type { Finding } from '../runs/finding';
import { fitLines } from './fit-lines';
import { plainLine } from './plain-line';

/** Findings as short text, problems first, then what was seen most, in about so many tokens. */
export function describeFindings(
  { findings, leftOut }: { readonly findings: readonly Finding[]; readonly leftOut: readonly string[] },
  budget = 700,
): string {
  if (findings.length === 0)
    return ['Nothing found.', ...leftOut.map((sentence) => `… ${plainLine(sentence)}`)].join('\n');
  const problems = findings.filter(({ severity }) => severity === 'problem').length;
  const hints = findings.length - problems;
  const head = [`${count(problems, 'problem')}, ${count(hints, 'hint')}. Each rule: docs/findings.md#RULE`];
  const advised = new Set<string>();
  const lines = rankFindings(findings).map((finding) => {
    const { severity, rule, service, sentence, advice, occurrences, evidence } = finding;
    const often = occurrences > 1 ? ` ×${occurrences}` : '';
    const isFirst = !advised.has(rule);
    advised.add(rule);
    const traceId = isFirst ? evidence[0]?.traceId : undefined;
    return `${severity === 'problem' ? '!' : '-'} ${rule}${often} ${plainLine(service, 60)}: ${plainLine(sentence)}.${isFirst ? ` ${plainLine(advice)}` : ''}${traceId ? ` [trace ${plainLine(traceId, 40)}]` : ''}`;
  });
  return fitLines(head, [...lines, ...leftOut.map((sentence) => `… ${plainLine(sentence)}`)], budget, (left) => {
    const worse = left.filter((line) => line.startsWith('! ')).length;
    return `… ${count(left.length, 'more finding')}${worse > 0 ? `, ${count(worse, 'problem')}` : ''}: --budget ${Math.max(4000, 4 * budget)}, or --json`;
  });
}

/** Problems first, then what was seen most. */
export function rankFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      Number(a.severity === 'hint') - Number(b.severity === 'hint') ||
      b.occurrences - a.occurrences ||
      compareTexts(a.rule, b.rule) ||
      compareTexts(a.fingerprint, b.fingerprint),
  );
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
