import { Link } from '@tanstack/react-router';
import { Activity, ChartLine, X } from 'lucide-react';
import { useState } from 'react';
import { lineText } from '../../../shared/line-text';
import { formatExactTime, nanosToMillis } from '../../client/format-time';
import { keepTime } from '../../page/time-window';
import { classNames } from '../../ui/class-names';
import { Button } from '../../ui/controls/button';
import { IconButton } from '../../ui/controls/icon-button';
import { Tabs } from '../../ui/controls/tabs';
import type { LogLine } from '../../ui/log-list/log-buffer';
import { levelLook } from '../../ui/marks/level-look';
import { ServiceDot } from '../../ui/marks/service-dot';
import { CopyButton } from '../../ui/text/copy-button';
import { ExceptionBlock } from '../../ui/text/exception-block';
import { LongText } from '../../ui/text/long-text';
import { takeException } from '../../ui/text/take-exception';
import { metricsAround } from '../metrics/metrics-around';
import { groupLabels } from './group-labels';
import { LabelList } from './label-list';
import { LogContext } from './log-context';
import { prettyLine } from './pretty-line';

interface LogDetailsProps {
  line: LogLine;
  /** Texts that are searched for. */
  needles: readonly string[];
  onClose: () => void;
  /** Narrows the query to lines with this value, or without it. */
  onFilter: (label: string, value: string, operator: '=' | '!=') => void;
  /** Makes a label a column, or takes it away. */
  onColumn?: ((label: string) => void) | undefined;
}

/** Longer texts show their beginning until asked for: a line may have a megabyte. */
const mostShown = 20_000;

type View = 'line' | 'around';

/** One line in full: its text, where it came from, its labels, what was logged around it. */
export function LogDetails({ line, needles, onClose, ...actions }: LogDetailsProps) {
  const [view, setView] = useState<View>('line');
  return (
    <aside aria-label="Log line" className="flex h-full flex-col bg-surface">
      <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line pr-2 pl-3">
        <span className={classNames('text-xs uppercase', levelLook(line.level).text)}>{line.level}</span>
        <ServiceDot service={line.service} className="font-medium" />
        <IconButton label="Close" className="ml-auto" onClick={onClose}>
          <X size={15} />
        </IconButton>
      </header>
      <Tabs
        label="Details"
        className="shrink-0 px-3"
        value={view}
        onChange={setView}
        tabs={[
          { value: 'line', label: 'Line' },
          { value: 'around', label: 'Lines around it' },
        ]}
      />
      {view === 'around' ? <LogContext line={line} /> : <LineView line={line} needles={needles} {...actions} />}
    </aside>
  );
}

function LineView({ line, needles, ...actions }: Omit<LogDetailsProps, 'onClose'>) {
  const { exception } = takeException(Object.entries(line.labels).map(([key, value]) => ({ key, value })));
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-3">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <code className="font-mono text-xs text-muted">{formatExactTime(line.timeNs)}</code>
        <CopyButton text={line.timeNs} what="the time in nanoseconds" />
        <span className="flex-1" />
        {line.traceId && (
          <Button
            size="sm"
            tone="primary"
            render={
              <Link
                to="/traces/$traceId"
                params={{ traceId: line.traceId }}
                search={(search) => ({ ...keepTime(search), span: line.spanId })}
              />
            }
          >
            <Activity size={13} aria-hidden />
            Open the trace
          </Button>
        )}
        <Button
          size="sm"
          render={<Link to="/metrics" search={metricsAround(line.service, nanosToMillis(line.timeNs))} />}
        >
          <ChartLine size={13} aria-hidden />
          Metrics at this time
        </Button>
        <CopyButton text={line.line} what="the line" label="Copy line" />
        <CopyButton text={() => JSON.stringify(withoutId(line), null, 2)} what="the record as JSON" label="Copy JSON" />
      </div>
      <pre className="mb-3 max-h-[45vh] overflow-auto rounded-md border border-line bg-canvas p-2.5 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">
        <LongText key={line.timeNs} text={prettyLine(lineText(line))} most={mostShown} needles={needles} />
      </pre>
      {exception && (
        <div className="mb-3">
          <ExceptionBlock {...exception} />
        </div>
      )}
      {groupLabels(line.labels).map(({ title, labels }) => (
        <LabelList key={title} title={title} labels={labels} {...actions} />
      ))}
    </div>
  );
}

function withoutId({ id: _id, ...record }: LogLine) {
  return record;
}
