import { Unlink } from 'lucide-react';
import { memo } from 'react';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { SpanNode } from '../../../../shared/trace/layout-trace';
import { formatCount } from '../../../client/format-number';
import { classNames } from '../../../ui/class-names';
import { HealthMark } from '../../../ui/marks/health-mark';
import { serviceColour } from '../../../ui/marks/service-colour';
import { FindingMark, FoldButton, indentOf, LevelMark } from './label-marks';

interface SpanLabelProps {
  node: SpanNode;
  /** Of its line; what stands in the line of its siblings is one deeper than in the trace. */
  depth: number;
  collapsed: boolean;
  found: boolean;
  /** The parent works in another service, or there is none. */
  entersService: boolean;
  /** What rules found in it, a sentence a line. */
  finding: string | undefined;
  onToggle: () => void;
}

export const SpanLabel = memo(function SpanLabel(props: SpanLabelProps) {
  const { node, depth, collapsed, found, entersService, finding, onToggle } = props;
  const { span, children, descendants, orphan } = node;
  return (
    <span className="flex h-full min-w-0 items-center gap-1.5 pr-2" style={{ paddingLeft: indentOf(depth) }}>
      {children.length > 0 ? (
        <FoldButton folded={collapsed} hides="what is below" onToggle={onToggle} />
      ) : (
        <span className="size-4 shrink-0" />
      )}
      <span aria-hidden className="h-4 w-1 shrink-0 rounded-xs" style={{ background: serviceColour(span.service) }} />
      {span.status.code === 'error' && <HealthMark health="bad" label="Error" size={11} />}
      {orphan && <Unlink size={12} className="shrink-0 text-warn" aria-label="Its parent span was not received" />}
      <LevelMark depth={depth} />
      {entersService && (
        <span className="max-w-[45%] min-w-6 shrink truncate text-xs text-muted" title={showPlainText(span.service)}>
          {showPlainText(span.service)}
        </span>
      )}
      <span
        title={showPlainText(span.name)}
        className={classNames(
          'min-w-[40%] flex-1 truncate',
          found && 'rounded bg-warn-soft px-0.5',
          span.status.code === 'error' && 'text-bad',
        )}
      >
        {showPlainText(span.name)}
      </span>
      {finding !== undefined && <FindingMark sentence={finding} />}
      {collapsed && (
        <span className="shrink-0 rounded bg-hover px-1 text-2xs text-muted">+{formatCount(descendants)}</span>
      )}
    </span>
  );
});
