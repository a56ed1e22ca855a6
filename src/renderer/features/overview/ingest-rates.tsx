import type { HostStatus } from '../../../shared/contract/host';
import { steadyHistory, steadyRates } from '../../client/arrival/steady-rates';
import { formatCount, formatRate, formatShort } from '../../client/format-number';
import { Section } from '../../ui/layout/section';
import { Ago } from '../../ui/marks/ago';
import { HealthMark } from '../../ui/marks/health-mark';
import { Sparkline } from '../../ui/marks/sparkline';

const signals = [
  { name: 'Spans', unit: 'spans', key: 'spans' },
  { name: 'Log lines', unit: 'log lines', key: 'logs' },
  // In one line beside the others.
  { name: 'Metric points', unit: 'points', key: 'points' },
] as const;

/** What arrives now, over the last two minutes, and in total. */
export function IngestRates({ ingest }: { ingest: HostStatus['ingest'] }) {
  const last = ingest.lastReceivedAt;
  const rates = steadyRates(ingest);
  const history = steadyHistory(ingest.history);
  return (
    <Section
      title="Arriving"
      aside={
        <span className="text-xs text-muted tabular">
          {last === null ? (
            'nothing yet'
          ) : (
            <>
              last item <Ago at={last} />
            </>
          )}
        </span>
      }
    >
      <div className="grid grid-cols-3 divide-x divide-line">
        {signals.map(({ name, unit, key }) => {
          const rejected = ingest.rejected[key];
          return (
            <div key={key} className="min-w-0 p-3">
              <p>
                <span className="block text-xl font-semibold tabular">{formatRate(rates[key])}</span>
                <span className="block text-xs text-muted">{unit} a second</span>
              </p>
              <div className="my-2 [&>svg]:w-full">
                <Sparkline
                  values={history.map((each) => each[key])}
                  width={320}
                  height={44}
                  label={`${name} a second, last two minutes`}
                />
              </div>
              <p className="flex flex-wrap gap-x-3 text-xs text-muted tabular">
                <span title={formatCount(ingest.totals[key])}>{formatShort(ingest.totals[key])} accepted</span>
                {rejected > 0 && (
                  <span className="flex items-center gap-1 text-bad">
                    <HealthMark health="bad" size={9} />
                    {formatCount(rejected)} rejected
                  </span>
                )}
              </p>
            </div>
          );
        })}
      </div>
    </Section>
  );
}
