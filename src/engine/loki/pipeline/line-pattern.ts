import { QueryError } from '../logql/query-error';
import { extractLabel, type LineStage } from './line-stage';

type Part = { readonly literal: string } | { readonly capture: string };

function parseParts(pattern: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of pattern.matchAll(/<([a-zA-Z_][a-zA-Z0-9_]*)>/g)) {
    if (match.index > at) parts.push({ literal: pattern.slice(at, match.index) });
    const previous = parts.at(-1);
    if (previous && 'capture' in previous) {
      throw new QueryError(
        `parse error : stage '| pattern "${pattern}"' : found consecutive capture '<${previous.capture}>${match[0]}'`,
      );
    }
    parts.push({ capture: match[1]! });
    at = match.index + match[0].length;
  }
  if (at < pattern.length) parts.push({ literal: pattern.slice(at) });
  return parts;
}

/** `| pattern "<ip> - <_> …"`: captures between literals become labels. */
export function compilePattern(pattern: string): LineStage {
  const parts = parseParts(pattern);
  if (!parts.some((part) => 'capture' in part && part.capture !== '_')) {
    throw new QueryError(`parse error : stage '| pattern "${pattern}"' : at least one capture is required`);
  }
  return (line, labels) => {
    let at = 0;
    for (let i = 0; i < parts.length && line !== ''; i++) {
      const part = parts[i]!;
      if ('literal' in part) {
        if (!line.startsWith(part.literal, at)) break;
        at += part.literal.length;
        continue;
      }
      const next = parts[i + 1];
      const end = next && 'literal' in next ? line.indexOf(next.literal, at) : line.length;
      const found = end !== -1;
      if (part.capture !== '_') extractLabel(labels, part.capture, line.slice(at, found ? end : line.length));
      if (!found) break;
      at = end;
    }
    return line;
  };
}

/** The test of `|>`: literals in their order with something in each place of `<_>`. */
export function compilePatternTest(pattern: string): (line: string) => boolean {
  const parts = parseParts(pattern);
  for (const part of parts) {
    if ('capture' in part && part.capture !== '_') {
      throw new QueryError(`parse error : named captures are not allowed: <${part.capture}>`);
    }
  }
  const endsOnCapture = parts.length > 0 && 'capture' in parts.at(-1)!;
  return (line) => {
    if (line === '' || parts.length === 0) return line === '' && parts.length === 0;
    let at = 0;
    for (const [index, part] of parts.entries()) {
      if (!('literal' in part)) continue;
      const found = line.indexOf(part.literal, at);
      if (found === -1 || (index !== 0 && found === at)) return false;
      at = found + part.literal.length;
    }
    return endsOnCapture === (at !== line.length);
  };
}
