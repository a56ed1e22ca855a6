import { X } from 'lucide-react';
import { useMemo } from 'react';
import { formatDuration, formatOffset } from '../../../../shared/format-duration';
import type { Finding } from '../../../../shared/runs/finding';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import type { Repeat } from '../../../../shared/trace-paths/find-repeats';
import { formatCount } from '../../../client/format-number';
import { Button } from '../../../ui/controls/button';
import { IconButton } from '../../../ui/controls/icon-button';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { showTemplate } from '../../../ui/text/show-template';
import { sumRepeat } from '../waterfall/repeat-sums';

const mostListed = 100;

interface RepeatDetailsProps {
  layout: TraceLayout;
  repeat: Repeat;
  findings: ReadonlyMap<string, readonly Finding[]>;
  onSelect: (position: number) => void;
  onClose: () => void;
}

/** Siblings that do the same: what they took together and one by one, the slowest first, and what rules say of them. */
export function RepeatDetails({ layout, repeat, findings, onSelect, onClose }: RepeatDetailsProps) {
  const sums = useMemo(() => sumRepeat(layout, repeat), [layout, repeat]);
  const slowest = useMemo(
    () =>
      repeat.positions
        .map((position) => ({ position, node: layout.nodes[position]! }))
        .sort((a, b) => b.node.span.durationNs - a.node.span.durationNs),
    [layout, repeat],
  );
  const told = new Set(slowest.flatMap(({ node }) => findings.get(node.span.spanId) ?? []));
  const below = sums.spans - repeat.positions.length;
  return (
    <section
      aria-label="Repeated spans"
      data-testid="repeat-details"
      className="flex min-h-0 flex-1 flex-col border-l border-line bg-surface"
    >
      <header className="flex items-start gap-2 px-3 pt-3 pb-2">
        <div className="min-w-0 flex-1">
          <h2 className="text-base font-semibold wrap-anywhere">
            {formatCount(repeat.positions.length)} × {showTemplate(repeat.name)}
          </h2>
          <ServiceDot service={repeat.service} className="max-w-full text-muted" />
        </div>
        <IconButton label="Close the repeated spans" onClick={onClose}>
          <X size={15} />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto pb-3">
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 px-3 pb-3 text-xs">
          <dt className="text-muted">In all</dt>
          <dd className="font-mono">{formatDuration(sums.total)}</dd>
          <dt className="text-muted">Each</dt>
          <dd className="font-mono">
            {formatDuration(sums.shortest)} to {formatDuration(sums.longest)}, median {formatDuration(sums.median)}
          </dd>
          {sums.failed > 0 && (
            <>
              <dt className="text-muted">Failed</dt>
              <dd className="text-bad tabular">{formatCount(sums.failed)}</dd>
            </>
          )}
          {below > 0 && (
            <>
              <dt className="text-muted">Below them</dt>
              <dd className="tabular">{formatCount(below)} spans</dd>
            </>
          )}
        </dl>
        {[...told].map(({ fingerprint, sentence, advice }) => (
          <p key={fingerprint} className="mx-3 mb-2 rounded-md bg-warn-soft px-2 py-1.5 text-xs">
            {showPlainText(sentence)}
            <span className="block text-muted">{showPlainText(advice)}</span>
          </p>
        ))}
        <h3 className="px-3 pb-1 text-xs font-medium text-muted">The slowest first</h3>
        <ul className="text-xs">
          {slowest.slice(0, mostListed).map(({ position, node }) => (
            <li key={node.span.spanId}>
              <Button
                size="sm"
                tone="quiet"
                className="w-full justify-start gap-3 rounded-none px-3 font-mono"
                onClick={() => onSelect(position)}
              >
                <span className="w-16 text-right text-ink">{formatDuration(node.span.durationNs)}</span>
                <span>{formatOffset(node.start)}</span>
                {node.span.status.code === 'error' && <span className="text-bad">failed</span>}
              </Button>
            </li>
          ))}
        </ul>
        {slowest.length > mostListed && (
          <p className="px-3 pt-1 text-xs text-muted">
            The slowest {mostListed} of {formatCount(slowest.length)}; the waterfall shows each.
          </p>
        )}
      </div>
    </section>
  );
}
