import { relative } from 'node:path';
import type { Place } from '../../core/assertions/case';
import type { CaseVerdict, Verdict } from '../../core/assertions/verdict';
import { formatDuration } from '../../shared/format-duration';
import { paint, printable, type Terminal } from '../terminal';

const marks = { passed: ['green', '✓'], failed: ['red', '✗'], refused: ['yellow', '!'] } as const;

/** One line for a case that holds; of others what does not, and what was seen instead. */
export function describeCase(verdict: CaseVerdict, terminal: Terminal): string {
  const [style, mark] = marks[verdict.state];
  const took = paint(terminal, 'dim', formatDuration(verdict.tookMs * 1e6));
  const name = verdict.name === verdict.place.file ? nameOf(verdict.place.file) : verdict.name;
  const count = `${verdict.verdicts.filter(({ state }) => state === 'met').length} of ${verdict.verdicts.length} hold`;
  const lines = verdict.verdicts.filter(({ state }) => state !== 'met').flatMap((each) => describeVerdict(each));
  return `${[`${paint(terminal, style, mark)} ${printable(name)} · ${count} · ${took}`, ...lines].join('\n')}\n`;
}

function describeVerdict({ place, expected, failures, seen }: Verdict): string[] {
  const lines = failures.flatMap(({ message, nearest }) => [
    `    ${message}`,
    ...nearest.map((each) => `      ${each}`),
  ]);
  return [`  ${describePlace(place)} ${expected}`, ...lines, ...seen.map((each) => `      ${each}`)].map(printable);
}

/** `FILE:LINE`, from this folder where the file is in it. */
export function describePlace({ file, line }: Place): string {
  return file === 'expression' ? 'expected' : `${nameOf(file)}:${line}`;
}

function nameOf(file: string): string {
  const shown = relative(process.cwd(), file);
  return shown === '' || shown.startsWith('..') ? file : shown;
}
