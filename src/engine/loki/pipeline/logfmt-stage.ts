import type { Extraction } from '../logql/ast';
import { QueryError } from '../logql/query-error';
import { extractLabel, type LineStage } from './line-stage';
import { sanitizeLabel } from './sanitize-label';

interface LogfmtOptions {
  /** Stop at the first malformed pair and label the line with the error. */
  readonly strict: boolean;
  /** Keep keys without a value as empty labels. */
  readonly keepEmpty: boolean;
}

/** `| logfmt`: every pair becomes a label; malformed pairs are passed over unless strict. */
export function compileLogfmt(options: LogfmtOptions): LineStage {
  return (line, labels) => {
    const error = scanLogfmt(line, options.strict, (key, value) => {
      const name = sanitizeLabel(key);
      if (name !== '' && (options.keepEmpty || value !== '')) extractLabel(labels, name, value);
    });
    if (options.strict && error) labels.fail('LogfmtParserErr', error);
    return line;
  };
}

/** `| logfmt a="key"`: only the named keys, empty where the line has none. */
export function compileLogfmtExtraction(wanted: readonly Extraction[], strict: boolean): LineStage {
  const extractions = wanted.map(({ label, path }) => ({ label, path: readKey(label, path) }));
  return (line, labels) => {
    for (const { label } of extractions) if (labels.get(label) === undefined) labels.set(label, '');
    const error = scanLogfmt(line, strict, (key, value) => {
      const name = sanitizeLabel(key);
      for (const { label, path } of extractions) {
        if (path === name || path === key) labels.set(labels.freeName(label), value.includes('\ufffd') ? '' : value);
      }
    });
    if (strict && error) labels.fail('LogfmtParserErr', error);
    return line;
  };
}

// A key as it stands, or any other text in quotes of its own.
function readKey(label: string, text: string): string {
  if (/^[a-zA-Z_]\w*$/.test(text)) return text;
  const quoted = /^"(?:[^"\\]|\\.)+"$/.test(text) ? unquote(text) : undefined;
  if (quoted !== undefined) return quoted;
  const odd = /[^\w"]/.exec(text)?.[0];
  const problem = odd ? `unexpected char ${odd}` : 'syntax error: unexpected $end, expecting STRING or KEY';
  throw new QueryError(
    `parse error : stage '| logfmt ${label}=${JSON.stringify(text)}' : cannot parse expression [${text}]: ${problem}; put another key in quotes of its own: ${label}="\\"${text}\\""`,
  );
}

/**
 * Calls back for each well-formed pair; answers what the last malformed one was, the first when `strict`. A key without
 * `=` has the value ''.
 */
export function scanLogfmt(
  line: string,
  strict: boolean,
  visit: (key: string, value: string) => void,
): string | undefined {
  let at = 0;
  let problem: string | undefined;
  while (at < line.length) {
    if (isBlank(line, at)) {
      at++;
      continue;
    }
    const start = at;
    at = endOfToken(line, start);
    const key = line.slice(start, at);
    if (line[at] === '"' || (key === '' && line[at] === '=')) {
      problem = `logfmt syntax error at pos ${at + 1} : unexpected '${line[at]}'`;
      at = skipToBlank(line, at);
    } else if (key.includes('\ufffd')) {
      problem = `logfmt syntax error at pos ${at + 1} : invalid key`;
      at = skipToBlank(line, at);
    } else if (line[at] !== '=') {
      visit(key, '');
    } else if (line[at + 1] === '"') {
      const end = endOfQuoted(line, at + 1);
      const value = end === undefined ? undefined : unquote(line.slice(at + 1, end));
      if (value === undefined)
        problem = `logfmt syntax error at pos ${(end ?? line.length) + 1} : ${end === undefined ? 'unterminated' : 'invalid'} quoted value`;
      else visit(key, value);
      at = end ?? line.length;
    } else {
      const from = at + 1;
      at = endOfToken(line, from);
      if (line[at] === '=' || line[at] === '"') {
        problem = `logfmt syntax error at pos ${at + 1} : unexpected '${line[at]}'`;
        at = skipToBlank(line, at);
      } else {
        visit(key, line.slice(from, at));
      }
    }
    if (problem && strict) return problem;
  }
  return problem;
}

function isBlank(line: string, at: number): boolean {
  return line.charCodeAt(at) <= 0x20;
}

function endOfToken(line: string, from: number): number {
  let at = from;
  while (at < line.length && !isBlank(line, at) && line[at] !== '=' && line[at] !== '"') at++;
  return at;
}

function skipToBlank(line: string, from: number): number {
  let at = from;
  while (at < line.length && !isBlank(line, at)) at++;
  return at;
}

function endOfQuoted(line: string, from: number): number | undefined {
  for (let at = from + 1; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === '"') return at + 1;
  }
  return undefined;
}

function unquote(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted);
  } catch {
    return undefined;
  }
}
