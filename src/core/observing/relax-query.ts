import { blankStrings } from './blank-strings';
import type { Question, Signal } from './signal';

export interface Relaxed {
  query: string;
  /** What was taken out. */
  without: string;
}

/** Where conditions end and how they are joined in the first braces of a query. */
const joints: Readonly<Record<Signal, RegExp>> = { traces: /&&/g, logs: /,/g, metrics: /,/g };
/** Stages of LogQL that keep lines or let them go. */
const filters = /\|[=~]|!=|!~|\|(?=\s*[A-Za-z_]\w*\s*(?:=|!|>|<))/g;

/** The query without one of its conditions, for each of them; none for a query whose shape is another. */
export function relaxQuery({ signal, query }: Question): Relaxed[] {
  const bare = blankStrings(query);
  const open = bare.indexOf('{');
  const close = bare.indexOf('}', open);
  if (open < 0 || close < 0 || bare.indexOf('{', open + 1) >= 0) return [];
  const inside = bare.slice(open + 1, close);
  // What is taken out of an alternative or a negation would mean something else.
  if (signal === 'traces' && /\|\||[()]/.test(inside)) return [];
  const parts = splitAt(query.slice(open + 1, close), inside, joints[signal]);
  const joint = signal === 'traces' ? ' && ' : ', ';
  const relaxed = parts.map((without, index) => {
    const rest = parts.filter((_, other) => other !== index).join(joint);
    return { query: `${query.slice(0, open)}{${rest}}${query.slice(close + 1)}`, without };
  });
  if (signal !== 'logs') return relaxed;
  // Loki takes no selector without a condition that some line must meet.
  const selecting = relaxed.filter((_, index) => parts.some((part, other) => other !== index && /[^!]=/.test(part)));
  return [...selecting, ...withoutStages(query, bare, close + 1)];
}

function splitAt(text: string, bare: string, joint: RegExp): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { index, 0: found } of bare.matchAll(joint)) {
    parts.push(text.slice(from, index));
    from = index + found.length;
  }
  return [...parts, text.slice(from)].map((part) => part.trim()).filter(Boolean);
}

function withoutStages(query: string, bare: string, from: number): Relaxed[] {
  const starts = [...bare.slice(from).matchAll(filters)].map(({ index }) => from + index);
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? query.length;
    return { query: (query.slice(0, start) + query.slice(end)).trim(), without: query.slice(start, end).trim() };
  });
}
