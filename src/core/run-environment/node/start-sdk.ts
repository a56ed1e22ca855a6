import { isBuiltin, register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';
import { envDetector, hostDetector, processDetector, serviceInstanceIdDetector } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { SqliteInstrumentation } from './sqlite-instrumentation';

/** A program that is told to end waits so long for what is not sent yet. */
const longestFlushMs = 2_000;

/** Starts OpenTelemetry in this process, by the variables of the environment; `service` where they name none. */
export function startSdk({ service, esModules }: { service?: string; esModules: boolean }): void {
  const instrumentations = [
    ...getNodeAutoInstrumentations({
      // Each a span for every connection, and none of them a request.
      '@opentelemetry/instrumentation-net': { enabled: false },
      '@opentelemetry/instrumentation-dns': { enabled: false },
    }),
    new SqliteInstrumentation(),
  ];
  if (esModules)
    hookModules(
      instrumentations.flatMap((each) =>
        namesOf('getModuleDefinitions' in each ? (each as SqliteInstrumentation).getModuleDefinitions() : []),
      ),
    );
  const named =
    process.env.OTEL_SERVICE_NAME ?? /(?:^|,)\s*service\.name\s*=/.test(process.env.OTEL_RESOURCE_ATTRIBUTES ?? '');
  const sdk = new NodeSDK({
    instrumentations,
    // The clouds' own would be asked for over the network.
    resourceDetectors: [envDetector, processDetector, hostDetector, serviceInstanceIdDetector],
    ...(!named && service !== undefined && { serviceName: service }),
  });
  sdk.start();
  let ending: Promise<void> | undefined;
  const end = () => {
    ending ??= sdk.shutdown().catch(() => undefined);
    return ending;
  };
  process.once('beforeExit', () => void end());
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    // A listener would keep the program alive that the signal ends: without another one it is sent again.
    const ended = async () => {
      if (process.listenerCount(name) > 0) return;
      await Promise.race([end(), new Promise((resolve) => setTimeout(resolve, longestFlushMs))]);
      process.kill(process.pid, name);
    };
    process.once(name, () => void ended());
  }
}

/** ES modules are wrapped as they load, and only those that somebody wants to wrap. */
function hookModules(names: readonly string[]): void {
  const hook = pathToFileURL(join(__dirname, 'hook.mjs'));
  // One that this Node.js does not have yet cannot be wrapped: a program that looks for it would read a warning.
  const include = [...new Set(names)].filter((name) => !name.startsWith('node:') || isBuiltin(name));
  register(hook, { data: { include } });
}

function namesOf(definitions: unknown): string[] {
  const list = Array.isArray(definitions) ? definitions : definitions ? [definitions] : [];
  return list.map(({ name }: { name: string }) => name);
}
