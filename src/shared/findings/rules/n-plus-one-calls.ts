import { formatDuration } from '../../format-duration';
import { groupBy } from '../../group-by';
import { labelOf, type TraceView } from '../../shapes/trace-view';
import { evidenceOf } from '../evidence-of';
import { loopGaps } from '../loop-gaps';
import { placeOf, quoted } from '../place-of';
import type { Sighting } from '../sighting';

const leastCalls = 5;
/** Between two calls, unless they are slow themselves, as all is on a machine that is busy. */
const mostGapNs = 15e6;
const pages = /[?&](?:page|offset|cursor|start|skip|after|before|from|since|continue|page_?token|next)=/i;

/** One kind of call again and again below one span, one after the other, each for another thing. */
export function findNPlusOneCalls(view: TraceView): Sighting[] {
  const { nodes } = view.layout;
  return nodes.flatMap(({ children, span }, parent) => {
    if (children.length < leastCalls) return [];
    const calls = children.filter((at) => {
      const { call, health } = view.readings[at]!;
      return (call === 'http' || call === 'rpc') && !health && !view.retries.has(at);
    });
    if (calls.length < leastCalls) return [];
    return [...groupBy(calls, (at) => view.readings[at]!.template)].flatMap(([template, group]) => {
      const asked = group.map((at) => view.readings[at]!.asked);
      const told = asked.filter((text) => text !== '');
      if (group.length < leastCalls || told.some((text) => pages.test(text))) return [];
      if (told.length > 0 ? new Set(told).size < leastCalls : view.readings[group[0]!]!.call !== 'rpc') return [];
      const { gap, duration, parallel } = loopGaps(view, group);
      if (parallel || gap > Math.max(mostGapNs, 3 * duration)) return [];
      const evidence = evidenceOf(view, group);
      return [
        {
          rule: 'n-plus-one-calls',
          severity: 'problem',
          service: span.service,
          sentence: `${placeOf(view, parent)} calls ${group.length} times, one after the other, in ${formatDuration(evidence.durationNs)}: ${quoted(template)}`,
          advice: 'Ask for all of them with one call, or make the calls side by side.',
          key: [labelOf(view, parent), template],
          weight: group.length,
          evidence,
        } satisfies Sighting,
      ];
    });
  });
}
