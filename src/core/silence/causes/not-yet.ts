import { formatDuration } from '../../../shared/format-duration';
import { exportIntervals } from '../../waiting/explain-interval';
import type { Cause, Sender } from '../cause';

/** Below this an export is hardly ever done in time. */
const shortMs = 50;

/** What has not been exported yet, by the intervals that the sender has. */
export function notYet({ who, environment, ageMs }: Sender): Cause[] {
  const causes: Cause[] = [];
  for (const [signal, { ms, variable }] of Object.entries(exportIntervals)) {
    const said = Number(environment[variable] || ms);
    const isLong = said > 2 * ms;
    if (ageMs === null ? !isLong : ageMs > said) continue;
    if (!isLong && signal !== 'metrics') continue;
    const from = environment[variable] ? `${variable} says so` : 'SDKs do so by default';
    const runs = ageMs === null ? '' : ` and it runs for ${formatDuration(ageMs * 1e6)}`;
    causes.push({
      id: 'interval',
      sentence: `${who} exports ${signal} only every ${formatDuration(said * 1e6)}, as ${from}${runs}.`,
      mend: `export ${variable}=${signal === 'metrics' ? 1000 : 200}`,
      weight: 'likely',
    });
  }
  const timeout = environment.OTEL_EXPORTER_OTLP_TIMEOUT;
  if (timeout !== undefined && Number(timeout) < shortMs) {
    causes.push({
      id: 'timeout-short',
      sentence: `${who} has OTEL_EXPORTER_OTLP_TIMEOUT=${timeout}, which is milliseconds: exports are given up before they are done.`,
      mend: 'export OTEL_EXPORTER_OTLP_TIMEOUT=10000',
      weight: 'sure',
    });
  }
  return causes;
}
