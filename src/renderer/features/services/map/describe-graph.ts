import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { formatDuration } from '../../../../shared/format-duration';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatPace } from '../../../client/format-pace';
import type { ServiceGraph } from './make-graph';

const most = 60;

/** The calls of a map in lines for an agent, those that fail first, then the busiest. */
export function describeGraph({ edges, nodes, total }: ServiceGraph, window: TimeWindow): string {
  const sorted = edges.toSorted((a, b) => b.edge.failed - a.edge.failed || b.edge.requests - a.edge.requests);
  const lines = sorted
    .slice(0, most)
    .map(({ edge: { client, server, kind, system, requests, failed, meanNs } }) =>
      [
        `${showPlainText(client)} -> ${showPlainText(server)}${kind === 'service' ? '' : ` (${kind}${system ? ` ${showPlainText(system)}` : ''})`}`,
        formatPace(requests, window.to - window.from),
        `${failed} failed`,
        meanNs === null ? '-' : `mean ${formatDuration(meanNs)}`,
      ].join(' | '),
    );
  return [
    `Calls between ${nodes.length} of ${total} services, ${new Date(window.from).toISOString()} to ${new Date(window.to).toISOString()}:`,
    ...lines,
    ...(sorted.length > most ? [`${sorted.length - most} more calls are left out.`] : []),
  ].join('\n');
}
