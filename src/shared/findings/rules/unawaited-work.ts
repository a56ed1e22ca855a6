import type { Span } from '../../contract/telemetry';
import { formatDuration } from '../../format-duration';
import { labelOf, type TraceView } from '../../shapes/trace-view';
import { evidenceOf } from '../evidence-of';
import { placeOf } from '../place-of';
import type { Sighting } from '../sighting';

/** Spans of one program end within so much of each other's end, and the answer of a request may be on its way. */
const leastLateNs = 1e6;
const leastShare = 0.02;
/** What frameworks say of a handler or middleware of theirs. */
export const handlerKeys: readonly string[] = [
  'express.type',
  'connect.type',
  'koa.type',
  'fastify.type',
  'hapi.type',
  'restify.type',
  'nestjs.type',
  'router.type',
];

/** Work of a request that goes on after its answer: nobody waits for it, so nobody learns when it fails. */
export function findUnawaitedWork(view: TraceView): Sighting[] {
  const { nodes } = view.layout;
  return nodes.flatMap(({ span, end }, position): Sighting[] => {
    const request = requestAbove(view, position);
    if (request === -1 || !isLate(view, position, request)) return [];
    // What goes on below it follows from it.
    const above = nodes[position]!.parent;
    if (above !== request && isLate(view, above, request)) return [];
    const late = end - nodes[request]!.end;
    return [
      {
        rule: 'unawaited-work',
        severity: 'hint',
        service: span.service,
        sentence: `${placeOf(view, position)} goes on for ${formatDuration(late)} after ${placeOf(view, request)}, which began it, has answered`,
        advice:
          'Await it before answering, where its outcome counts; where it is meant to go on, give it to a queue, or to a trace of its own with a link.',
        key: [labelOf(view, request), labelOf(view, position)],
        weight: late,
        evidence: evidenceOf(view, [request, position], 1),
      },
    ];
  });
}

/** The request of the same program in which a span is; -1 where it is in none. */
function requestAbove({ layout: { nodes } }: TraceView, position: number): number {
  const { service } = nodes[position]!.span;
  for (let at = nodes[position]!.parent; at !== -1; at = nodes[at]!.parent) {
    const { span } = nodes[at]!;
    if (span.service !== service) return -1;
    if (span.kind === 'server' || span.kind === 'consumer') return at;
  }
  return -1;
}

function isLate({ layout: { nodes } }: TraceView, position: number, request: number): boolean {
  const { span, end } = nodes[position]!;
  const { span: asked, end: answered } = nodes[request]!;
  if (span.kind !== 'client' && span.kind !== 'internal') return false;
  if (span.timing !== undefined || asked.timing !== undefined) return false;
  return end - answered > Math.max(leastLateNs, leastShare * asked.durationNs) && !givesTheAnswer(span);
}

/** Handlers and middleware as frameworks tell them: they send the answer themselves, and return a little later. */
function givesTheAnswer({ attributes }: Pick<Span, 'attributes'>): boolean {
  return attributes.some(({ key }) => handlerKeys.includes(key));
}
