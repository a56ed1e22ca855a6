import type { Cause, Sender } from '../cause';
import { otlpSignals } from '../otlp-target';

/** Variables by which an SDK or an agent is switched off, and the value that does so. */
const switches: readonly { variable: string; off: RegExp; what: string }[] = [
  { variable: 'OTEL_SDK_DISABLED', off: /^true$/i, what: 'the SDK' },
  { variable: 'OTEL_JAVAAGENT_ENABLED', off: /^false$/i, what: 'the Java agent' },
  { variable: 'OTEL_PHP_AUTOLOAD_ENABLED', off: /^(false|0)$/i, what: "PHP's instrumentation" },
  { variable: 'OTEL_DOTNET_AUTO_TRACES_ENABLED', off: /^false$/i, what: "traces of .NET's agent" },
  { variable: 'OTEL_PYTHON_DISABLED_INSTRUMENTATIONS', off: /^\*$/, what: "every instrumentation of Python's" },
  { variable: 'CORECLR_ENABLE_PROFILING', off: /^0$/, what: ".NET's profiler" },
];
const fileVariables = ['OTEL_CONFIG_FILE', 'OTEL_EXPERIMENTAL_CONFIG_FILE'];
/** Of a sampler that keeps less than one in so many, a few requests may leave nothing. */
const rare = 0.05;

/** What keeps an SDK from exporting at all. */
export function switchedOff({ who, environment }: Sender): Cause[] {
  const causes: Cause[] = [];
  const add = (id: string, variable: string, why: string, mend: string, weight: Cause['weight'] = 'sure') =>
    causes.push({ id, sentence: `${who} has ${variable}=${environment[variable]}: ${why}.`, mend, weight });
  for (const { variable, off, what } of switches) {
    if (off.test(environment[variable] ?? ''))
      add('switched-off', variable, `${what} is switched off`, `unset ${variable}`);
  }
  for (const signal of otlpSignals) {
    const variable = `OTEL_${signal.toUpperCase()}_EXPORTER`;
    const exporters = (environment[variable] ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean);
    if (exporters.length === 0 || exporters.includes('otlp')) continue;
    const goes = exporters.includes('none') ? 'are not exported' : `go to ${exporters.join(', ')}, not out by OTLP`;
    add(
      'exporter-not-otlp',
      variable,
      `${signal} ${goes}`,
      `export ${variable}=otlp`,
      signal === 'traces' ? 'sure' : 'likely',
    );
  }
  const sampler = environment.OTEL_TRACES_SAMPLER ?? '';
  const ratio = Number(environment.OTEL_TRACES_SAMPLER_ARG ?? '1');
  const mend = 'export OTEL_TRACES_SAMPLER=always_on';
  if (/always_off$/.test(sampler)) add('sampler-off', 'OTEL_TRACES_SAMPLER', 'no trace is sampled', mend);
  else if (/traceidratio$/.test(sampler) && ratio <= rare)
    add(
      'sampler-off',
      'OTEL_TRACES_SAMPLER_ARG',
      `${ratio === 0 ? 'no trace' : 'hardly a trace'} is sampled`,
      mend,
      ratio === 0 ? 'sure' : 'likely',
    );
  const file = fileVariables.find((each) => environment[each]);
  if (file) {
    causes.push({
      id: 'config-file',
      sentence: `${who} has ${file}: the SDK goes by that file and ignores OTEL_EXPORTER_OTLP_ENDPOINT and the other variables.`,
      mend: `unset ${file}`,
      weight: 'likely',
    });
  }
  return causes;
}
