import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Activity, ScrollText } from 'lucide-react';
import { describeRun } from '../../../../shared/run-text/describe-run';
import type { Run } from '../../../../shared/runs/run';
import { runLogsQuery, runTracesQuery } from '../../../../shared/runs/run-query';
import { orpc } from '../../../client/contract-client';
import { formatCount } from '../../../client/format-number';
import { usePageKeys } from '../../../page/page-keys';
import type { RunPart } from '../../../page/page-search';
import { keepTime } from '../../../page/time-window';
import { Button } from '../../../ui/controls/button';
import { Tabs } from '../../../ui/controls/tabs';
import { copyText } from '../../../ui/text/copy-text';
import { useRunActs } from '../marks/use-run-acts';
import { RunFacts } from './run-facts';
import { RunFindings } from './run-findings';
import { RunHeading } from './run-heading';
import { RunOutput } from './run-output';
import { RunSummaryPart } from './run-summary-part';
import { runWindow } from './run-window';
import { usePreviousRun } from './use-previous-run';

const route = getRouteApi('/runs/$ref');
/** A summary of a run that is still running is made anew this often. */
const everyMs = 3000;

export function RunView({ run }: { run: Run }) {
  const running = run.state === 'running';
  const { part = running ? 'output' : 'summary' } = route.useSearch();
  const { ref } = route.useParams();
  const navigate = useNavigate();
  const previous = usePreviousRun(run);
  const { acts, dialogs } = useRunActs(() => void navigate({ to: '/runs', search: keepTime }));
  const summary = useQuery(
    orpc.runs.summary.queryOptions({
      input: { ref: run.id },
      // It is another one while the run goes on, at its end, and when all that it sent has come.
      queryKey: ['runs.summary', run.id, run.state, run.outcome !== undefined],
      placeholderData: keepPreviousData,
      refetchInterval: running ? everyMs : false,
      retry: false,
    }),
  );
  const diff = useQuery(
    orpc.runs.diff.queryOptions({
      input: { before: { ref: previous?.id ?? '' }, after: { ref: run.id } },
      enabled: previous !== undefined && run.outcome !== undefined,
      retry: false,
    }),
  );
  const forAgent = summary.data && describeRun({ run, summary: summary.data, diff: diff.data ?? null });
  const findings = summary.data?.telemetry.findings;
  const window = runWindow(run, Date.now());
  const show = (next: RunPart) =>
    void navigate({
      to: '/runs/$ref',
      params: { ref },
      search: (before) => ({ ...before, part: next }),
      replace: true,
    });
  const compare = () => {
    if (!previous) return;
    void navigate({
      to: '/runs/compare',
      search: (before) => ({ ...keepTime(before), before: previous.id, after: run.id }),
    });
  };
  const openTraces = { q: runTracesQuery(run.id), ...window, ...(!running && { live: false }) };
  const openLogs = { q: runLogsQuery(run.id), ...window, ...(!running && { live: false }) };
  usePageKeys('Run', [
    { key: 's', label: 'Summary', run: () => show('summary') },
    { key: 'f', label: 'Findings', run: () => show('findings') },
    { key: 'o', label: 'Output', run: () => show('output') },
    { key: 'c', label: 'Compare with the one before', run: compare },
    { key: 't', label: 'Its traces', run: () => void navigate({ to: '/traces', search: openTraces }) },
    { key: 'l', label: 'Its log lines', run: () => void navigate({ to: '/logs', search: openLogs }) },
    {
      key: 'a',
      label: 'Copy for an agent',
      run: () => void (forAgent !== undefined && copyText(forAgent, 'the run for an agent')),
    },
    { key: 'p', label: 'Pin it, or let it go', run: () => acts.pin(run) },
    { key: 'e', label: 'Label it', run: () => acts.label(run) },
    { key: 'Delete', label: 'Delete it', run: () => acts.remove(run) },
    { key: 'Escape', label: 'All runs', run: () => void navigate({ to: '/runs', search: keepTime }) },
  ]);

  return (
    <>
      <RunHeading run={run} previous={previous} forAgent={forAgent} acts={acts} />
      <RunFacts run={run} />
      <div className="flex flex-wrap items-end gap-x-4 border-b border-line bg-surface px-4">
        <Tabs
          label="Parts of the run"
          value={part}
          onChange={show}
          className="-mb-px"
          tabs={[
            { value: 'summary', label: 'Summary' },
            { value: 'findings', label: <>Findings {findings && <Many of={findings.length} />}</> },
            { value: 'output', label: 'Output' },
          ]}
        />
        <span className="ml-auto flex gap-1 py-0.5">
          <Button size="sm" tone="quiet" render={<Link to="/traces" search={openTraces} />}>
            <Activity size={13} aria-hidden /> Its traces
          </Button>
          <Button size="sm" tone="quiet" render={<Link to="/logs" search={openLogs} />}>
            <ScrollText size={13} aria-hidden /> Its log lines
          </Button>
        </span>
      </div>
      {part === 'output' ? (
        <RunOutput run={run} />
      ) : part === 'findings' ? (
        <RunFindings summary={summary} />
      ) : (
        <RunSummaryPart run={run} summary={summary} diff={diff.data} />
      )}
      {dialogs}
    </>
  );
}

function Many({ of }: { of: number }) {
  return <span className="font-normal text-muted tabular">{formatCount(of)}</span>;
}
