import type { TraceView } from '../../shapes/trace-view';
import { describeClockSkew } from '../../trace/describe-clock-skew';
import { findClockSkew } from '../../trace/find-clock-skew';
import { evidenceOf } from '../evidence-of';
import { quoted } from '../place-of';
import type { Sighting } from '../sighting';

const leastNs = 10e6;

/** Two services whose clocks cannot both be right, by 10 ms or more. */
export function findSkewedClocks(view: TraceView): Sighting[] {
  return findClockSkew(view.layout)
    .filter(({ by }) => by >= leastNs)
    .map((skew): Sighting => {
      const positions = view.layout.nodes.flatMap(({ span }, at) =>
        span.service === skew.ahead || span.service === skew.behind ? [at] : [],
      );
      return {
        rule: 'clock-skew',
        severity: 'hint',
        service: skew.ahead,
        sentence: quoted(describeClockSkew(skew), 200),
        advice:
          'Set the clocks by NTP, and of a virtual machine that slept; until then trust durations, not the order.',
        key: [skew.ahead, skew.behind].sort(),
        weight: skew.by,
        evidence: evidenceOf(view, positions),
      };
    });
}
