import { ChevronDown, ChevronRight, Unlink } from 'lucide-react';
import { memo } from 'react';
import { showPlainText } from '../../../../shared/show-plain-text';
import type { SpanNode } from '../../../../shared/trace/layout-trace';
import { formatCount } from '../../../client/format-number';
import { classNames } from '../../../ui/class-names';
import { HealthMark } from '../../../ui/marks/health-mark';
import { serviceColour } from '../../../ui/marks/service-colour';

interface SpanLabelProps {
  node: SpanNode;
  collapsed: boolean;
  found: boolean;
  /** The parent works in another service, or there is none. */
  entersService: boolean;
  onToggle: () => void;
}

const indent = 14;
/** Deeper levels keep this indentation, so that the name stays readable. */
const deepest = 16;

export const SpanLabel = memo(function SpanLabel({ node, collapsed, found, entersService, onToggle }: SpanLabelProps) {
  const { span, depth, children, descendants, orphan } = node;
  return (
    <span
      className="flex h-full min-w-0 items-center gap-1.5 pr-2"
      style={{ paddingLeft: 6 + Math.min(depth, deepest) * indent }}
    >
      {children.length > 0 ? (
        <button
          type="button"
          tabIndex={-1}
          aria-label={collapsed ? 'Show what is below' : 'Hide what is below'}
          className="flex size-4 shrink-0 items-center justify-center rounded text-faint hover:bg-hover hover:text-ink"
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        >
          {collapsed ? <ChevronRight size={13} /> : <ChevronDown size={13} />}
        </button>
      ) : (
        <span className="size-4 shrink-0" />
      )}
      <span aria-hidden className="h-4 w-1 shrink-0 rounded-xs" style={{ background: serviceColour(span.service) }} />
      {span.status.code === 'error' && <HealthMark health="bad" label="Error" size={11} />}
      {orphan && <Unlink size={12} className="shrink-0 text-warn" aria-label="Its parent span was not received" />}
      {depth > deepest && (
        <span className="shrink-0 rounded bg-hover px-1 text-2xs text-muted tabular" title={`Level ${depth + 1}`}>
          {depth + 1}
        </span>
      )}
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
      {collapsed && (
        <span className="shrink-0 rounded bg-hover px-1 text-2xs text-muted">+{formatCount(descendants)}</span>
      )}
    </span>
  );
});
