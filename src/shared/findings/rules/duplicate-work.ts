import { formatDuration } from '../../format-duration';
import { labelOf, requestOf, type TraceView } from '../../shapes/trace-view';
import { evidenceOf } from '../evidence-of';
import { isPolling, loopGaps } from '../loop-gaps';
import { placeOf, quoted } from '../place-of';
import type { Sighting } from '../sighting';

const leastCalls = 3;
const placeholder = /\?|\$\d|(?<![:\w]):[a-z_]\w*|%s|%\(|(?<![@\w])@\w/i;
const parameters = / db\.(?:query|operation)\.parameter\./;

/** The very same question, values and all, at least three times in one request with no write between. */
export function findDuplicateWork(view: TraceView): Sighting[] {
  const { nodes } = view.layout;
  const byStart = nodes
    .map((_, position) => position)
    .filter((at) => view.readings[at]!.call !== '')
    .sort((a, b) => nodes[a]!.start - nodes[b]!.start);
  const found: Sighting[] = [];
  let open = new Map<string, number[]>();
  const close = () => {
    for (const group of open.values()) if (group.length >= leastCalls) found.push(...judge(view, group));
    open = new Map();
  };
  for (const at of byStart) {
    const { reads, asked, failed, health, query, call } = view.readings[at]!;
    if (!reads && (query || call === 'http')) close();
    if (!reads || failed || health || !isWhole(asked) || view.retries.has(at)) continue;
    // A caller waits for its own questions: of two programs that ask the same, each asks once.
    const key = `${view.roots[at]} ${nodes[at]!.span.service} ${asked}`;
    const group = open.get(key);
    if (group) group.push(at);
    else open.set(key, [at]);
  }
  close();
  return found;
}

/** Everything that was asked is in the text: no placeholder whose value is not told. */
function isWhole(asked: string): boolean {
  if (asked === '') return false;
  return /^(?:GET|HEAD) /.test(asked) || parameters.test(asked) || !placeholder.test(asked);
}

function judge(view: TraceView, group: readonly number[]): Sighting[] {
  if (isPolling(loopGaps(view, group))) return [];
  const [first] = group as [number, ...number[]];
  const evidence = evidenceOf(view, group);
  return [
    {
      rule: 'duplicate-work',
      severity: 'hint',
      service: view.layout.nodes[first]!.span.service,
      sentence: `${quoted(requestOf(view, first))} asks the very same ${group.length} times, in ${formatDuration(evidence.durationNs)}: ${placeOf(view, first)}`,
      advice: 'Ask once and pass the answer on, or keep it for the request.',
      key: [requestOf(view, first), labelOf(view, first), view.readings[first]!.template],
      weight: group.length,
      evidence,
    },
  ];
}
