import type { ServiceEdge } from '../../../../shared/contract/services';
import { formatCount } from '../../../client/format-number';
import { formatPace } from '../../../client/format-pace';
import { Td, Th } from '../../../ui/layout/table';
import { Duration } from './duration';
import { ErrorShare } from './error-share';

export function EdgeHeads() {
  return (
    <>
      <Th className="text-right">Rate</Th>
      <Th className="text-right">Errors</Th>
      <Th className="text-right" title="Mean, as the caller sees it">
        Mean
      </Th>
    </>
  );
}

/** How often one calls the other, how much of it fails and how long it takes. */
export function EdgeCells({ edge, windowMs }: { edge: ServiceEdge; windowMs: number }) {
  return (
    <>
      <Td className="text-right whitespace-nowrap" title={`${formatCount(edge.requests)} calls`}>
        {formatPace(edge.requests, windowMs)}
      </Td>
      <Td className="text-right">
        <ErrorShare failed={edge.failed} of={edge.requests} what="calls" />
      </Td>
      <Td className="text-right whitespace-nowrap">
        <Duration ns={edge.meanNs} />
      </Td>
    </>
  );
}
