import { compareTexts } from '../../compare-texts';
import { groupBy } from '../../group-by';
import { normalizeLine } from '../../shapes/normalize-line';
import type { LineFacts } from '../../shapes/span-facts';
import type { TraceView } from '../../shapes/trace-view';
import { evidenceOf } from '../evidence-of';
import { quoted } from '../place-of';
import type { RunFacts } from '../run-facts';
import type { Sighting } from '../sighting';

const mostOfRequest = 50;
const mostOfRun = 1000;

/** One line again and again in one trace: 50 times or more. */
export function findChattyLogs(view: TraceView, lines: readonly LineFacts[]): Sighting[] {
  if (lines.length < mostOfRequest) return [];
  const groups = groupBy(lines, ({ service, line }) => JSON.stringify([service, normalizeLine(line)]));
  return [...groups.values()].flatMap((group): Sighting[] => {
    if (group.length < mostOfRequest) return [];
    const [{ service, line }] = group as [LineFacts, ...LineFacts[]];
    const named = new Set(group.map(({ spanId }) => spanId));
    const at = view.layout.nodes.flatMap(({ span }, position) => (named.has(span.spanId) ? [position] : []));
    const evidence = evidenceOf(view, at.length > 0 ? at : [0], group.length);
    return [make(service, normalizeLine(line), `${group.length} times in one trace`, group.length, evidence)];
  });
}

/** One line again and again in a run: 1,000 times or more, and 20 times or more for each request. */
export function findLogFloods({ templates, requestCount }: RunFacts): Sighting[] {
  const byTemplate = groupBy(templates, ({ service, template }) => JSON.stringify([service, template]));
  return [...byTemplate.values()]
    .flatMap((group): Sighting[] => {
      const { service, template } = group[0]!;
      const count = group.reduce((sum, row) => sum + row.count, 0);
      if (count < mostOfRun || count < 20 * requestCount) return [];
      return [make(service, template, `${count} times in this run`, count, null)];
    })
    .sort((a, b) => compareTexts(a.sentence, b.sentence));
}

function make(
  service: string,
  template: string,
  howOften: string,
  weight: number,
  evidence: Sighting['evidence'],
): Sighting {
  return {
    rule: 'chatty-logs',
    severity: 'hint',
    service,
    sentence: `${quoted(service)} logs ${howOften}: ${quoted(template)}`,
    advice: 'Log it once with a count, at a lower level, or not at all.',
    key: [template],
    weight,
    evidence,
  };
}
