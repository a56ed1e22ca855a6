import { type ErrorRows, IS_LINE, IS_REQUEST, LOG, SPAN, STATUS_ALONE } from './error-rows';

/** So few are compared with each other, which takes less than to name them. */
const FEW = 12;
/** Of larger traces only parents and spans of one id are compared, in time proportional to them. */
const MOST_COMPARED = 300;

/**
 * Finds which rows of one trace tell the same error, and lets one stand for it: the innermost span that recorded it. The same exception
 * recorded by the spans above, or told by log lines; a span that says no more than that it failed, above one that says why.
 */
export function joinTellings(rows: ErrorRows, trace: readonly number[]): void {
  for (const at of trace) rows.mergedInto[at] = -1;
  if (trace.length < 2) return;
  if (trace.length <= FEW && trace.every((at) => rows.source[at] === LOG)) {
    dropFew(rows, trace, isSameLine);
    return;
  }
  const spans = dropRepeated(
    rows,
    trace.filter((at) => rows.source[at] === SPAN),
  );
  const byId = new Map<bigint, number[]>();
  for (const at of spans) {
    const known = byId.get(rows.spanId[at]!);
    if (known) known.push(at);
    else byId.set(rows.spanId[at]!, [at]);
  }
  // The innermost first: what stands for an error is known before the spans above are looked at.
  const inward = [...spans].sort((a, b) => rows.start[b]! - rows.start[a]! || rows.end[a]! - rows.end[b]!);
  const isSmall = spans.length <= MOST_COMPARED;
  for (const at of inward) {
    const parents = byId.get(rows.parentId[at]!)?.filter((above) => above !== at) ?? [];
    const around = parents.length === 0 && isSmall ? findAround(rows, spans, at) : [];
    for (const above of [...parents, ...around]) joinWithAbove(rows, at, above);
  }
  joinLines(
    rows,
    spans,
    byId,
    trace.filter((at) => rows.source[at] === LOG),
  );
}

/** The same row sent again, or a span of which more came, is the newest one; an exception that a span recorded twice is one. */
function dropRepeated(rows: ErrorRows, spans: readonly number[]): number[] {
  const known = new Map<string, number>();
  const ordered = [...spans].sort((a, b) => b - a);
  if (ordered.length <= FEW) return dropFew(rows, ordered, isSameSpan);
  return ordered.filter((at) => {
    const key = `${rows.spanId[at]}/${rows.flags[at]! & STATUS_ALONE}/${rows.typeHash[at]}/${rows.messageHash[at]}`;
    const first = known.get(key);
    if (first === undefined) {
      known.set(key, at);
      return true;
    }
    rows.mergedInto[at] = first;
    return false;
  });
}

/** Lets the first of those that are the same stand for the others; answers those that stand for themselves. */
function dropFew(
  rows: ErrorRows,
  few: readonly number[],
  isSame: (rows: ErrorRows, one: number, other: number) => boolean,
): number[] {
  return few.filter((at, place) => {
    for (let before = 0; before < place; before++) {
      if (!isSame(rows, few[before]!, at)) continue;
      rows.mergedInto[at] = few[before]!;
      return false;
    }
    return true;
  });
}

function isSameSpan(rows: ErrorRows, one: number, other: number): boolean {
  return (
    rows.messageHash[one] === rows.messageHash[other] &&
    rows.typeHash[one] === rows.typeHash[other] &&
    (rows.flags[one]! & STATUS_ALONE) === (rows.flags[other]! & STATUS_ALONE) &&
    rows.spanId[one] === rows.spanId[other]
  );
}

function isSameLine(rows: ErrorRows, one: number, other: number): boolean {
  return (
    rows.time[one] === rows.time[other] &&
    rows.messageHash[one] === rows.messageHash[other] &&
    rows.resource[one] === rows.resource[other] &&
    rows.spanId[one] === rows.spanId[other]
  );
}

/**
 * Spans between do not always say that they failed, as a router's middleware does not: then the innermost request of the same program around
 * it, and the innermost span around it that recorded the same.
 */
function findAround(rows: ErrorRows, spans: readonly number[], at: number): number[] {
  let request = -1;
  let same = -1;
  for (const other of spans) {
    const isAround =
      rows.spanId[other] !== rows.spanId[at] &&
      rows.resource[other] === rows.resource[at] &&
      rows.parentId[other] !== rows.parentId[at] &&
      rows.start[other]! <= rows.start[at]! &&
      rows.end[other]! >= rows.end[at]!;
    if (!isAround) continue;
    const isShorter = (than: number) => than < 0 || lengthOf(rows, other) < lengthOf(rows, than);
    if ((rows.flags[other]! & IS_REQUEST) !== 0 && isShorter(request)) request = other;
    if (tellsTheSame(rows, at, other) && isShorter(same)) same = other;
  }
  return [...new Set([request, same])].filter((found) => found >= 0);
}

function joinWithAbove(rows: ErrorRows, at: number, above: number): void {
  const [inner, outer] = [rows.rootOf(at), rows.rootOf(above)];
  if (inner === outer || outer !== above) return;
  const innerAlone = (rows.flags[inner]! & STATUS_ALONE) !== 0;
  const outerAlone = (rows.flags[above]! & STATUS_ALONE) !== 0;
  if (outerAlone) rows.mergedInto[above] = inner;
  else if (innerAlone) {
    // An exception says more than the status of the call that it came of.
    const isMute = rows.messageHash[inner] === 0;
    if (isMute || rows.messageHash[inner] === rows.messageHash[above]) rows.mergedInto[inner] = above;
  } else if (tellsTheSame(rows, at, above)) rows.mergedInto[above] = inner;
}

function joinLines(
  rows: ErrorRows,
  spans: readonly number[],
  byId: ReadonlyMap<bigint, readonly number[]>,
  lines: readonly number[],
): void {
  const seen = new Map<string, number>();
  const sameElsewhere = new Map<string, number>();
  for (const at of spans) {
    const key = `${rows.typeHash[at]}/${rows.messageHash[at]}`;
    if ((rows.flags[at]! & STATUS_ALONE) === 0 && !sameElsewhere.has(key)) sameElsewhere.set(key, at);
  }
  for (const at of [...lines].sort((a, b) => rows.time[a]! - rows.time[b]!)) {
    const key = `${rows.time[at]}/${rows.spanId[at]}/${rows.resource[at]}/${rows.messageHash[at]}`;
    const repeated = seen.get(key);
    if (repeated !== undefined) {
      rows.mergedInto[at] = repeated;
      continue;
    }
    seen.set(key, at);
    const ofSpan = byId.get(rows.spanId[at]!) ?? [];
    const isLine = (rows.flags[at]! & IS_LINE) !== 0;
    const told = isLine
      ? ofSpan.find((span) => saysThatOf(rows, at, span))
      : (ofSpan.find((span) => isException(rows, span) && rows.typeHash[span] === rows.typeHash[at]) ??
        sameElsewhere.get(`${rows.typeHash[at]}/${rows.messageHash[at]}`));
    if (told !== undefined) rows.mergedInto[at] = rows.rootOf(told);
    else for (const span of ofSpan) giveWords(rows, span, at);
  }
}

/** A span that does not say why it failed, and a line of it that does. */
function giveWords(rows: ErrorRows, span: number, line: number): void {
  const isMute = (rows.flags[span]! & STATUS_ALONE) !== 0 && rows.messageHash[span] === 0;
  if (isMute && rows.mergedInto[span] === -1) rows.mergedInto[span] = line;
}

/** `payment failed: card declined` says what an exception with the message `card declined` says. */
function saysThatOf(rows: ErrorRows, line: number, span: number): boolean {
  const message = rows.messageHash[span]!;
  return message !== 0 && (message === rows.messageHash[line] || message === rows.tailHash[line]);
}

function tellsTheSame(rows: ErrorRows, a: number, b: number): boolean {
  return (
    isException(rows, a) &&
    isException(rows, b) &&
    rows.typeHash[a] === rows.typeHash[b] &&
    rows.messageHash[a] === rows.messageHash[b]
  );
}

function isException(rows: ErrorRows, at: number): boolean {
  return (rows.flags[at]! & (STATUS_ALONE | IS_LINE)) === 0;
}

function lengthOf(rows: ErrorRows, at: number): number {
  return rows.end[at]! - rows.start[at]!;
}
