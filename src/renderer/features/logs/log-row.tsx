import { memo } from 'react';
import { lineText } from '../../../shared/line-text';
import { showPlainText } from '../../../shared/show-plain-text';
import { classNames } from '../../ui/class-names';
import type { LogLine } from '../../ui/log-list/log-buffer';
import { logRowHeight } from '../../ui/log-list/log-list';
import { LogRowFrame } from '../../ui/log-list/log-row-frame';
import { serviceColour } from '../../ui/marks/service-colour';
import { MarkText } from '../../ui/text/mark-text';
import { fieldValue } from './columns/field-value';
import type { ShownColumn } from './columns/use-columns';
import { LineTraceLink } from './line-trace-link';
import { mostWrappedLines, wrappedHeight, wrappedLineHeight } from './wrapped-height';

/** A row shows no more of a line than fits the widest screens. */
const shownCharacters = 600;
const shownWrapped = 4000;
const shownOfField = 200;

interface LogRowProps {
  line: LogLine;
  top: number;
  selected: boolean;
  /** Texts that are searched for. */
  needles: readonly string[];
  /** Characters after which the text wraps; null keeps it on one line. */
  columns: number | null;
  /** Fields beside the text. */
  fields: readonly ShownColumn[];
  onSelect: (line: LogLine) => void;
  onOpenTrace: (line: LogLine) => void;
}

export const LogRow = memo(function LogRow({
  line,
  top,
  selected,
  needles,
  columns,
  fields,
  onSelect,
  onOpenTrace,
}: LogRowProps) {
  const wraps = columns !== null;
  return (
    <LogRowFrame
      level={line.level}
      timeNs={line.timeNs}
      top={top}
      selected={selected}
      onSelect={() => onSelect(line)}
      wrapped={
        wraps
          ? {
              height: wrappedHeight(line, columns),
              lineHeight: `${wrappedLineHeight}px`,
              paddingBlock: (logRowHeight - wrappedLineHeight) / 2,
            }
          : undefined
      }
    >
      <span className="flex w-32 shrink-0 items-center gap-1.5 overflow-hidden text-muted">
        <span aria-hidden className="size-2 shrink-0 rounded-sm" style={{ background: serviceColour(line.service) }} />
        <span className="truncate">{showPlainText(line.service)}</span>
      </span>
      {fields.map(({ name, width }) => (
        <span key={name} className="shrink-0 truncate text-ink" style={{ width }}>
          <FieldText value={fieldValue(line, name)} needles={needles} />
        </span>
      ))}
      <span
        data-log-text
        className={classNames(
          'min-w-0 flex-1 text-ink',
          wraps ? 'overflow-hidden break-all whitespace-pre-wrap' : 'truncate',
        )}
        style={wraps ? { maxHeight: mostWrappedLines * wrappedLineHeight } : undefined}
      >
        <MarkText text={wraps ? wrappedText(line) : firstLine(line)} needles={needles} />
      </span>
      {line.traceId && <LineTraceLink traceId={line.traceId} onOpen={() => onOpenTrace(line)} />}
    </LogRowFrame>
  );
});

function FieldText({ value, needles }: { value: string | undefined; needles: readonly string[] }) {
  if (value === undefined) return <span className="text-faint">–</span>;
  return <MarkText text={showPlainText(value.slice(0, shownOfField).replaceAll('\n', ' ⏎ '))} needles={needles} />;
}

function firstLine(line: LogLine): string {
  return showPlainText(lineText(line).slice(0, shownCharacters).replaceAll('\n', ' ⏎ '));
}

function wrappedText(line: LogLine): string {
  return showPlainText(lineText(line).slice(0, shownWrapped));
}
