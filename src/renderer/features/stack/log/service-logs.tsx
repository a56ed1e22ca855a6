import { Pause, Play, ScrollText, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { BackendService, ServiceLogLine, ServicesBackend } from '../../../../shared/contract/backend';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { formatDateTime } from '../../../client/format-time';
import { Button } from '../../../ui/controls/button';
import { IconButton } from '../../../ui/controls/icon-button';
import { SearchInput } from '../../../ui/controls/search-input';
import { Select } from '../../../ui/controls/select';
import { EmptyState } from '../../../ui/layout/empty-state';
import { ProblemCard } from '../../../ui/layout/problem-card';
import type { Numbered } from '../../../ui/log-list/log-buffer';
import { LogList } from '../../../ui/log-list/log-list';
import { FeedMark } from '../../../ui/marks/feed-mark';
import { Spinner } from '../../../ui/marks/spinner';
import { CopyButton } from '../../../ui/text/copy-button';
import { ServiceLogRow } from './service-log-row';
import { useServiceLogs } from './use-service-logs';

interface ServiceLogsProps {
  backend: ServicesBackend;
  service: BackendService;
  services: readonly BackendService[];
  onChoose: (service: string) => void;
  onClose: () => void;
}

/** What one service writes: the last lines, then live; searched in what is shown. */
export function ServiceLogs({ backend, service, services, onChoose, onClose }: ServiceLogsProps) {
  const { view, feed, loading, problem, hold, release } = useServiceLogs(backend, service);
  const [text, setText] = useState('');
  const [paused, setPaused] = useState(false);
  const [selected, setSelected] = useState<Numbered<ServiceLogLine> | null>(null);
  const live = feed.kind === 'live' || feed.kind === 'reconnecting';

  // A selected line must not slide away under the reader.
  useEffect(() => {
    if (selected) hold();
  }, [selected, hold]);

  const needle = text.toLowerCase();
  const lines = needle ? view.lines.filter((line) => line.text.toLowerCase().includes(needle)) : view.lines;
  const togglePause = () => {
    setPaused(!view.held);
    if (view.held) {
      setSelected(null);
      release();
    } else hold();
  };
  return (
    <section aria-label={`Log of ${service.title}`} className="flex min-h-0 flex-1 flex-col">
      <header className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-3 py-1.5">
        <h2 className="text-sm font-semibold">Log of</h2>
        <Select
          label="Service"
          value={service.name}
          onChange={onChoose}
          options={services.map(({ name, title }) => ({ value: name, label: title }))}
        />
        <SearchInput
          className="w-64"
          aria-label="Search in the log"
          placeholder="Text"
          value={text}
          onChange={setText}
        />
        <span className="flex-1" />
        {feed.kind !== 'off' && <FeedMark state={feed} held={view.held} />}
        <Button onClick={togglePause} disabled={lines.length === 0} aria-pressed={!view.held}>
          {view.held ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
          {view.held ? 'Follow' : 'Pause'}
        </Button>
        <CopyButton
          text={() => lines.map((line) => `${formatDateTime(line.at)} ${line.text}`).join('\n')}
          what={`${formatCount(lines.length)} lines of ${service.title}`}
          size="md"
        />
        <IconButton label="Close the log" onClick={onClose}>
          <X size={16} />
        </IconButton>
      </header>
      {problem && (
        <div className="p-3">
          <ProblemCard problem={problem} />
        </div>
      )}
      {lines.length > 0 ? (
        <LogList
          view={{ ...view, lines }}
          live={live || view.held}
          paused={paused || selected !== null}
          selectedId={selected?.id ?? null}
          renderRow={(line, top) => (
            <ServiceLogRow line={line} top={top} selected={line.id === selected?.id} onSelect={setSelected} />
          )}
          hold={hold}
          release={() => {
            setPaused(false);
            setSelected(null);
            release();
          }}
        />
      ) : (
        !problem && <NoLines loading={loading} searched={needle !== ''} service={service} />
      )}
      {selected && (
        <div className="flex max-h-40 shrink-0 items-start gap-2 overflow-y-auto border-t border-line bg-raised px-3 py-2">
          <pre className="min-w-0 flex-1 font-mono text-xs wrap-anywhere whitespace-pre-wrap">
            {showPlainText(selected.text)}
          </pre>
          <CopyButton text={selected.text} what="the line" />
        </div>
      )}
      <p className="flex h-6 shrink-0 items-center gap-3 border-t border-line bg-surface px-3 text-xs text-muted tabular">
        {needle
          ? `${formatCount(lines.length)} of ${formatCount(view.lines.length)} lines`
          : `${formatCount(lines.length)} lines`}
        {view.dropped > 0 && <span>{formatCount(view.dropped)} passed too fast to show</span>}
      </p>
    </section>
  );
}

function NoLines({ loading, searched, service }: { loading: boolean; searched: boolean; service: BackendService }) {
  if (loading) {
    return (
      <div className="flex-1 p-3">
        <Spinner />
      </div>
    );
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      {searched ? (
        <EmptyState icon={ScrollText} title="No line holds this text">
          Only the lines that were fetched are searched.
        </EmptyState>
      ) : (
        <EmptyState icon={ScrollText} title={`${service.title} has written nothing`}>
          {service.instance === undefined
            ? 'It does not run. Its lines appear here once it is started.'
            : 'Its lines appear here as they come.'}
        </EmptyState>
      )}
    </div>
  );
}
