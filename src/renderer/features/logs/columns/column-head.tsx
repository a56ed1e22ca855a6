import { X } from 'lucide-react';
import { unescapeName } from '../../../../shared/escaped-name';
import { showPlainText } from '../../../../shared/show-plain-text';
import { IconButton } from '../../../ui/controls/icon-button';
import { ColumnBorder } from '../../../ui/list/column-border';
import type { ShownColumn } from './use-columns';

interface ColumnHeadProps {
  columns: readonly ShownColumn[];
  /** Null gives the usual width back. */
  onWidth: (name: string, width: number | null) => void;
  onRemove: (name: string) => void;
}

/** Names above the lines, with borders to drag; nothing where there are no columns of the reader's own. */
export function ColumnHead({ columns, onWidth, onRemove }: ColumnHeadProps) {
  if (columns.length === 0) return null;
  return (
    <div className="flex h-7 shrink-0 items-center gap-2.5 overflow-hidden border-b border-line bg-surface pr-3 text-xs font-medium whitespace-nowrap text-muted">
      <span className="w-0.5 shrink-0" />
      {/* As wide as the time of a row. */}
      <span className="shrink-0 font-mono">{'Time'.padEnd(12, '\u00a0')}</span>
      <span className="w-16 shrink-0">Level</span>
      <span className="w-32 shrink-0">Service</span>
      {columns.map(({ name, width }) => (
        <span key={name} className="group relative flex shrink-0 items-center gap-1" style={{ width }}>
          <span className="min-w-0 flex-1 truncate" title={showPlainText(name)}>
            {showPlainText(unescapeName(name))}
          </span>
          <IconButton
            label={`Remove the column ${showPlainText(name)}`}
            size="sm"
            className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
            onClick={() => onRemove(name)}
          >
            <X size={12} />
          </IconButton>
          <ColumnBorder name={name} width={width} onWidth={(next) => onWidth(name, next)} />
        </span>
      ))}
      <span className="min-w-0 flex-1">Line</span>
    </div>
  );
}
