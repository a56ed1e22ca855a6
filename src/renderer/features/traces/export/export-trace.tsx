import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import type { RedactionRule } from '../../../../shared/contract/destinations';
import type { LogRecord, Trace } from '../../../../shared/contract/telemetry';
import { formatBytes } from '../../../../shared/format-bytes';
import { orpc } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { loadPart } from '../../../client/loading/load-part';
import { Button } from '../../../ui/controls/button';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Spinner } from '../../../ui/marks/spinner';
import { Dialog } from '../../../ui/overlays/dialog';
import { showToast } from '../../../ui/overlays/toast';
import { saveFile } from '../../../ui/text/save-file';
import { hasRedaction } from './redaction/has-redaction';
import { RefusedRule } from './redaction/refused-rule';

interface ExportTraceProps {
  trace: Trace;
  logs: readonly LogRecord[];
}

/** A trace as a file: for other programs, or for somebody who has no Watchtower. */
export function ExportTrace({ trace, logs }: ExportTraceProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <Download size={13} aria-hidden /> Export
      </Button>
      {open && <ExportDialog trace={trace} logs={logs} onClose={() => setOpen(false)} />}
    </>
  );
}

function ExportDialog({ trace, logs, onClose }: ExportTraceProps & { onClose: () => void }) {
  const { traceId } = trace;
  const destinations = useQuery(orpc.destinations.snapshot.queryOptions({ retry: false }));
  const [unredacted, setUnredacted] = useState(false);
  const offered = destinations.data && hasRedaction(destinations.data, trace);
  const redacts = offered === true && !unredacted;
  const rules = redacts ? destinations.data : null;
  const stored = useQuery(orpc.traces.exportOtlp.queryOptions({ input: { traceId }, retry: false, gcTime: 0 }));
  const text = stored.data?.text;
  const otlp = useQuery({
    queryKey: ['trace.otlp', traceId, text?.length, rules],
    queryFn: async () => (await loadWriter()).writeTraceOtlp(text ?? '', rules),
    enabled: text !== undefined && destinations.isSuccess,
    retry: false,
    gcTime: 0,
  });
  const page = useQuery({
    queryKey: ['trace.html', traceId, trace.spans.length, logs.length, rules],
    queryFn: async () => (await loadWriter()).writeTraceFile(trace, logs, rules, new Date()),
    enabled: destinations.isSuccess,
    retry: false,
    gcTime: 0,
  });
  const save = (extension: string, type: string, content: string) => {
    const name = `trace-${traceId.slice(0, 8).replace(/[^0-9a-f]/gi, '')}${extension}`;
    saveFile(name, type, [content]);
    showToast('Saved the trace', name);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Export this trace"
      description={redacts ? redactedAbout : wholeAbout}
      className="w-[min(40rem,92vw)]"
    >
      {offered && (
        <label className="mb-3 flex items-start gap-2 text-sm">
          <input
            type="checkbox"
            className="mt-0.5 accent-accent-solid"
            checked={!unredacted}
            onChange={(event) => setUnredacted(!event.target.checked)}
          />
          <span>
            Redact as for destinations{' '}
            <span className="text-muted">
              ({describeRules(destinations.data?.redaction ?? [])}; the file says what was done)
            </span>
          </span>
        </label>
      )}
      <ul className="grid gap-3">
        <Choice
          title="One HTML file"
          about="Shows the waterfall with every span’s details and its log lines in any browser, without Watchtower and without network."
          size={page.data && sizeOf(page.data.html)}
          left={page.data?.left}
          problem={describeFailure(destinations.error ?? page.error)}
          label="Save HTML"
          onSave={() => page.data && save('.html', 'text/html', page.data.html)}
        />
        <Choice
          title="OTLP JSON"
          about="One request as the standard has it, with every digit: for other programs, and for the command watchtower import. Without log lines."
          size={otlp.data === undefined ? undefined : sizeOf(otlp.data)}
          left={stored.data === null ? 'The trace is no longer stored.' : describeLeftOut(stored.data?.leftOut)}
          problem={describeFailure(destinations.error ?? stored.error ?? otlp.error)}
          label="Save OTLP JSON"
          onSave={() => otlp.data !== undefined && save('.otlp.json', 'application/json', otlp.data)}
        />
      </ul>
    </Dialog>
  );
}

const wholeAbout =
  'The file holds what is stored: attributes, events and log lines as they came, with any secret that they hold. Nothing is masked, so look before you hand it on.';
const redactedAbout =
  'The file holds what is stored, changed by the rules that destinations have. Names of spans and what their status says stay as they came, so look before you hand it on.';

function loadWriter() {
  return loadPart(() => import('./write-trace-file'));
}

function describeRules(rules: readonly RedactionRule[]): string {
  const count = rules.filter(({ enabled }) => enabled).length;
  return count === 0
    ? 'what coding agents were told and said is left out'
    : `${count} rule${count === 1 ? '' : 's'} of the page Destinations`;
}

function describeLeftOut(spans = 0): string {
  return spans > 0 ? `Not in this file: ${formatCount(spans)} of the deepest spans.` : '';
}

/** A rule that cannot be used is told as what it is. */
function describeFailure(error: Error | null) {
  if (!error) return null;
  return error instanceof RefusedRule ? error.problem : describeError(error);
}

interface ChoiceProps {
  title: string;
  about: string;
  /** Bytes; undefined until it is known. */
  size: number | undefined;
  /** What is not in the file; empty where everything is. */
  left: string | undefined;
  problem: ReturnType<typeof describeError> | null;
  label: string;
  onSave: () => void;
}

function Choice({ title, about, size, left, problem, label, onSave }: ChoiceProps) {
  return (
    <li className="rounded-md border border-line p-3">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h3 className="text-sm font-medium">{title}</h3>
          <p className="text-sm text-muted">{about}</p>
          {left && <p className="text-sm text-warn">{left}</p>}
        </div>
        <div className="flex shrink-0 flex-col items-end gap-1">
          <Button disabled={size === undefined} onClick={onSave}>
            {label}
          </Button>
          {size === undefined ? (
            problem || left ? null : (
              <Spinner label="Writing it" />
            )
          ) : (
            <span className="font-mono text-xs text-muted">{formatBytes(size)}</span>
          )}
        </div>
      </div>
      {problem && (
        <div className="mt-2">
          <ProblemCard problem={problem} />
        </div>
      )}
    </li>
  );
}

function sizeOf(text: string): number {
  return new Blob([text]).size;
}
