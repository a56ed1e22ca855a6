import { formatDuration } from '../../../../shared/format-duration';
import type { RunChange } from '../../../../shared/runs/run-diff';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatShort } from '../../../client/format-number';
import { Badge } from '../../../ui/marks/badge';
import { HealthMark } from '../../../ui/marks/health-mark';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { ExampleTraces } from '../structure/example-traces';

/** One thing that differs: its sentence, what it is about where that does not say so, both values, and a trace of either run. */
export function ChangeRow({ change }: { change: RunChange }) {
  const { kind, worse, sentence, service, request, subject, before, after, p, examples } = change;
  return (
    <li className="flex gap-2.5 px-3 py-2" data-change={kind}>
      <span className="mt-1">
        <HealthMark health={worse ? 'bad' : 'off'} label={worse ? 'Worse' : 'Different'} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="wrap-anywhere">
          <Badge tone={worse ? 'bad' : 'neutral'} className="mr-2 align-middle">
            {kind.replaceAll('-', ' ')}
          </Badge>
          {showPlainText(sentence)}
        </p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-xs text-muted">
          {service !== '' && <ServiceDot service={service} className="max-w-48" />}
          {request !== '' && !sentence.includes(request) && (
            <span className="min-w-0 truncate">{showPlainText(request)}</span>
          )}
          {p !== undefined && !sentence.includes('p = ') && (
            <span className="tabular">p {p < 0.001 ? '< 0.001' : p.toFixed(3)}</span>
          )}
        </p>
      </div>
      <span className="flex shrink-0 flex-col items-end gap-0.5 font-mono text-xs whitespace-nowrap">
        <span>{describeValues(kind, before, after)}</span>
        <ExampleTraces
          name={subject}
          compares
          before={examples.before === undefined ? [] : [examples.before]}
          after={examples.after === undefined ? [] : [examples.after]}
        />
      </span>
    </li>
  );
}

function describeValues(kind: RunChange['kind'], before: number | null, after: number | null): string {
  const format = kind === 'slower' || kind === 'faster' ? formatDuration : formatShort;
  const text = (value: number | null) => (value === null ? '–' : format(value));
  return `${text(before)} → ${text(after)}`;
}
