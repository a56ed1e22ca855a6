import { ZoomOut } from 'lucide-react';
import { formatDuration } from '../../../../shared/format-duration';
import type { MergedPath } from '../../../../shared/trace-paths/merge-paths';
import { formatCount } from '../../../client/format-number';
import { Button } from '../../../ui/controls/button';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { showTemplate } from '../../../ui/text/show-template';

interface FlameSummaryProps {
  /** That is chosen; what a frame is, where there is none. */
  path: MergedPath | undefined;
  /** Nanoseconds of work of the whole trace. */
  whole: number;
  /** Frames that are too narrow to draw. */
  hidden: number;
  zoomed: boolean;
  onShowAll: () => void;
  onPick: (() => void) | undefined;
}

/** The chosen frame in numbers, and what was left out of the picture. */
export function FlameSummary({ path, whole, hidden, zoomed, onShowAll, onPick }: FlameSummaryProps) {
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-1 text-xs">
      {path ? (
        <>
          <span className="flex min-w-0 items-center gap-2 text-sm">
            <ServiceDot service={path.service} className="text-muted" />
            <span className="max-w-[40vw] truncate font-medium" title={showTemplate(path.name)}>
              {showTemplate(path.name)}
            </span>
          </span>
          <Amount name={path.spans.length === 1 ? 'span' : 'spans'} value={formatCount(path.spans.length)} />
          <Amount name="own time" value={formatDuration(path.own)} />
          <Amount name="with all below" value={formatDuration(path.work)} />
          <Amount name="of all work" value={`${percent(path.work, whole)} %`} />
          {path.failed > 0 && <span className="text-bad tabular">{formatCount(path.failed)} failed</span>}
        </>
      ) : (
        <span className="text-muted">
          Spans that do the same under the same are one frame, as wide as its work: its own time and that of all below,
          added up. Click for its numbers, double-click or Enter zooms in.
        </span>
      )}
      <span className="ml-auto flex items-center gap-2">
        {hidden > 0 && (
          <span className="text-muted tabular">
            {formatCount(hidden)} {hidden === 1 ? 'frame is' : 'frames are'} too narrow to draw here
          </span>
        )}
        {onPick && (
          <Button size="sm" onClick={onPick}>
            Show in the waterfall
          </Button>
        )}
        {zoomed && (
          <Button size="sm" onClick={onShowAll}>
            <ZoomOut size={13} aria-hidden /> Show all
          </Button>
        )}
      </span>
    </div>
  );
}

function Amount({ name, value }: { name: string; value: string }) {
  return (
    <span className="whitespace-nowrap text-muted">
      <span className="font-mono text-ink">{value}</span> {name}
    </span>
  );
}

/** Never 100 where something is missing, never 0 where something is there. */
function percent(part: number, whole: number): string {
  if (whole === 0) return '0';
  const share = (part / whole) * 100;
  return share > 0 && share < 1 ? '< 1' : String(Math.floor(share));
}
