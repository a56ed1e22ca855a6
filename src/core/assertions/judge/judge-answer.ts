import type { Answer, Row } from '../../observing/ask-question';
import type { Signal } from '../../observing/signal';
import type { Check, Expectation } from '../case';
import { holds } from '../comparison';
import { matchesText } from '../matches-text';
import { describePattern, missesOf, nearestRows } from './match-row';

export interface Failure {
  rule: string;
  /** What was expected, and what it was instead. */
  message: string;
  /** What comes nearest to it. */
  nearest: readonly string[];
}

/** What there is to judge by: an answer, and the spans of the traces that it names, where some are asked for. */
export interface Found extends Answer {
  spans: readonly Row[];
}

/** What does not hold; empty where all does. */
export function judgeAnswer(expectation: Expectation, found: Found): Failure[] {
  return expectation.checks.flatMap((check) => judgeCheck(check, expectation.signal, found) ?? []);
}

function judgeCheck(check: Check, signal: Signal, found: Found): Failure | undefined {
  const { rows, spans, value, cut } = found;
  const first = rows.slice(0, 3).map(({ shown }) => shown);
  const fail = (message: string, nearest: readonly string[] = first): Failure => ({
    rule: check.rule,
    message,
    nearest,
  });
  switch (check.rule) {
    case 'contains':
      return rows.some(({ shown }) => shown.includes(check.text))
        ? undefined
        : fail(`nothing that was found contains ${JSON.stringify(check.text)}`);
    case 'not_contains': {
      const unwanted = rows.filter(({ shown }) => shown.includes(check.text));
      if (unwanted.length === 0) return undefined;
      const nearest = unwanted.slice(0, 3).map(({ shown }) => shown);
      return fail(`${unwanted.length} of ${rows.length} contain ${JSON.stringify(check.text)}`, nearest);
    }
    case 'regex':
      return matchesText(rows.map(({ shown }) => shown).join('\n'), { matches: check.pattern })
        ? undefined
        : fail(`nothing that was found matches ${JSON.stringify(check.pattern)}`);
    case 'match':
    case 'match_spans': {
      const among = check.rule === 'match' ? rows : spans;
      if (among.some((row) => missesOf(row, check.row).length === 0)) return undefined;
      const things = check.rule === 'match' ? 'that was found' : 'span of what was found';
      return fail(`none ${things} has ${describePattern(check.row)}`, nearestRows(among, check.row));
    }
    case 'count':
      return holds(rows.length, check.comparison)
        ? undefined
        : fail(`expected a count ${check.comparison.text}, found ${rows.length}${cut ? ' or more' : ''}`);
    case 'range': {
      const { min, max } = check;
      if (rows.length >= min && (max === null || rows.length <= max)) return undefined;
      const wanted = max === null ? `at least ${min}` : min === max ? `${min}` : `${min} to ${max}`;
      return fail(`expected ${wanted}, found ${rows.length}${cut ? ' or more' : ''}`);
    }
    case 'found':
      return rows.length > 0 ? undefined : fail('nothing was found');
    case 'absent': {
      const { row } = check;
      const among = row && signal === 'traces' ? spans : rows;
      const unwanted = row ? among.filter((each) => missesOf(each, row).length === 0) : among;
      if (unwanted.length === 0) return undefined;
      const nearest = unwanted.slice(0, 3).map(({ shown }) => shown);
      return fail(`expected nothing${row ? ` with ${describePattern(row)}` : ''}, found ${unwanted.length}`, nearest);
    }
    case 'value':
      if (value === null) return fail(`expected a value ${check.comparison.text}, and there is no sample`);
      return holds(value, check.comparison)
        ? undefined
        : fail(`expected a value ${check.comparison.text}, it is ${value}`);
  }
}
