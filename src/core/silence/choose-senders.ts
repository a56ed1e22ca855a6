import type { OwnProcess } from './read-own-processes';

const mostSenders = 10;

/** Those that may be meant: of the service that is named, else those with a word of OpenTelemetry, the youngest first. */
export function chooseSenders(processes: readonly OwnProcess[], service: string | undefined): OwnProcess[] {
  return processes
    .filter((each) => !isOurs(each))
    .filter((each) => (service === undefined ? mentionsOtel(each) : serviceOf(each) === service))
    .sort((a, b) => (a.ageMs ?? 0) - (b.ageMs ?? 0))
    .slice(0, mostSenders);
}

/** The name that a process gives to its telemetry; undefined where its SDK makes one up. */
function serviceOf({ environment }: Pick<OwnProcess, 'environment'>): string | undefined {
  const { OTEL_SERVICE_NAME: name, OTEL_RESOURCE_ATTRIBUTES: attributes = '' } = environment;
  if (name) return name;
  const said = attributes
    .split(',')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith('service.name='));
  return said?.slice('service.name='.length);
}

function mentionsOtel({ environment, command }: OwnProcess): boolean {
  return (
    Object.keys(environment).some((name) => name.startsWith('OTEL_')) ||
    command.some((each) => /opentelemetry/i.test(each))
  );
}

/** Host and engine, and whoever asks. */
function isOurs({ command, pid }: OwnProcess): boolean {
  return pid === process.pid || command.some((each) => /[\\/](cli|engine|start)\.mjs$/.test(each));
}
