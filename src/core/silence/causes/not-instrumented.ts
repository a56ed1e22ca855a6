import { basename } from 'node:path';
import type { Cause, Sender } from '../cause';

interface Runtime {
  name: string;
  programs: RegExp;
  /** In an argument or one of these variables, it says that something is loaded. */
  loads: RegExp;
  variables: readonly string[];
  mend: string;
}

const runtimes: readonly Runtime[] = [
  {
    name: 'Node.js',
    programs: /^(node|nodejs|tsx|ts-node)$/,
    loads: /opentelemetry|otel|instrument|watchtower|dd-trace|tracing/i,
    variables: ['NODE_OPTIONS'],
    mend: 'export NODE_OPTIONS="--require @opentelemetry/auto-instrumentations-node/register"',
  },
  {
    name: 'Python',
    programs: /^(python[\d.]*|uvicorn|gunicorn|flask|celery)$/,
    loads: /opentelemetry|auto_instrumentation|otel/i,
    variables: ['PYTHONPATH'],
    mend: 'opentelemetry-instrument COMMAND …',
  },
  {
    name: 'Java',
    programs: /^java$/,
    loads: /javaagent:.*(otel|opentelemetry)|opentelemetry-javaagent/i,
    variables: ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS'],
    mend: 'export JAVA_TOOL_OPTIONS="-javaagent:/PATH/opentelemetry-javaagent.jar"',
  },
  {
    name: '.NET',
    programs: /^dotnet$/,
    loads: /opentelemetry|otel/i,
    variables: ['DOTNET_STARTUP_HOOKS', 'CORECLR_PROFILER_PATH'],
    mend: 'export DOTNET_STARTUP_HOOKS=$OTEL_DOTNET_AUTO_HOME/net/OpenTelemetry.AutoInstrumentation.StartupHook.dll',
  },
];
const containers = /^(docker|podman|nerdctl|docker-compose|kubectl)$/;

/** Whether something loads OpenTelemetry from outside; what the code loads by itself is not seen. */
export function notInstrumented({ who, command, environment }: Sender): Cause[] {
  const program = basename(command[0] ?? '').replace(/\.exe$/, '');
  if (containers.test(program)) {
    return [
      {
        id: 'container-environment',
        sentence: `${who} starts a container: it gets none of these variables, and localhost is the container itself.`,
        mend: `${program} run -e OTEL_EXPORTER_OTLP_ENDPOINT=http://host.docker.internal:4318 --add-host=host.docker.internal:host-gateway …`,
        weight: 'likely',
      },
    ];
  }
  const runtime = runtimes.find(({ programs }) => programs.test(program));
  if (!runtime) return [];
  const said = [...command.slice(1), ...runtime.variables.map((name) => environment[name] ?? '')];
  if (said.some((each) => runtime.loads.test(each))) return [];
  return [
    {
      id: 'not-instrumented',
      sentence: `${who} is ${runtime.name} and nothing on its command line or in ${runtime.variables.join(', ')} loads OpenTelemetry: unless its code does, it sends nothing.`,
      mend: runtime.mend,
      weight: 'likely',
    },
  ];
}
