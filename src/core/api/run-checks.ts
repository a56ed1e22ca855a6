import { statfs } from 'node:fs/promises';
import { backendNames, runtimeNames } from '../../shared/backend-names';
import type { RuntimeStatus, ServicesBackend } from '../../shared/contract/backend';
import type { Check, HostStatus, ServiceHealth } from '../../shared/contract/host';
import { describeRejection } from '../../shared/describe-rejection';
import { formatAgo } from '../../shared/format-ago';
import { noOtlpEndpoint } from '../../shared/no-otlp-endpoint';

const probeMs = 2_000;
/** Reasons of rejected items that are told. */
const MAX_REASONS = 5;
/** Below this the store soon cannot commit. */
const lowDiskBytes = 512 * 1024 * 1024;

/** Looks at everything that could keep telemetry from arriving or being found, in the order a person would. */
export async function runChecks(status: HostStatus, runtime: RuntimeStatus | undefined): Promise<Check[]> {
  const { endpoints, storage, ingest } = status;
  const { storage: isOwn, lifecycle: isRunHere, ingest: isCounted } = status.capabilities;
  const ready = [
    { name: 'Tempo API', url: `${endpoints.tempo}/ready` },
    { name: 'Loki API', url: `${endpoints.loki}/ready` },
    { name: 'Prometheus API', url: `${endpoints.prometheus}/-/ready` },
  ];
  return Promise.all([
    checkNode(process.versions),
    checkBackend(status),
    ...(runtime ? [checkRuntime(runtime, status)] : []),
    // What somebody else runs wants headers, and need not say at /ready how it is.
    ...(isRunHere
      ? ready.map(({ name, url }) => checkReady(name, url))
      : status.services.map((api) => checkApi(api, status))),
    // Volumes lie where the container engine keeps them, perhaps on another machine.
    ...(isOwn ? [checkDisk(storage.dataDir)] : []),
    isCounted ? checkArrival(ingest, endpoints) : checkWhereToSend(endpoints),
    ...checkRejections(ingest),
    ...checkGrafanaDoors(status),
    ...status.problems
      .filter(({ id }) => id !== 'grafana-doors')
      .filter(({ id }) => isRunHere || !id.startsWith('external-'))
      .map(({ kind, message, hint }): Check => ({ name: kind, state: 'warning', message, ...(hint && { hint }) })),
  ]);
}

/** As `engines` of package.json has it; the desktop app brings a Node.js of its own, which nobody installs. */
export function checkNode({ node: version, electron }: { node: string; electron?: string }): Check {
  if (electron !== undefined)
    return { name: 'Node.js', state: 'ok', message: `Version ${version}, of the desktop app.` };
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const supported = major > 20 || (major === 20 && minor >= 19);
  return supported
    ? { name: 'Node.js', state: 'ok', message: `Version ${version}.` }
    : {
        name: 'Node.js',
        state: 'failed',
        message: `Version ${version} is too old.`,
        hint: 'Install Node.js 20.19 or newer.',
      };
}

function checkRuntime({ state, endpoint, reason, version, problem }: RuntimeStatus, { backend }: HostStatus): Check {
  const name = runtimeNames[backend as ServicesBackend];
  if (state === 'connected') return { name, state: 'ok', message: `${version ?? 'It'} at ${endpoint} (${reason}).` };
  const message = problem?.message ?? `State ${state}.`;
  return { name, state: 'failed', message, ...(problem?.hint && { hint: problem.hint }) };
}

function checkBackend({ backend, state, services }: HostStatus): Check {
  const name = backend === 'embedded' ? 'Engine' : backendNames[backend];
  const down = services.filter((service) => service.state !== 'up').map(({ title }) => title);
  if (state === 'ready') return { name, state: 'ok', message: 'Every service is up.' };
  const message = down.length > 0 ? `State ${state}; not up: ${down.join(', ')}.` : `State ${state}.`;
  return { name, state: state === 'failed' || state === 'stopped' ? 'failed' : 'warning', message };
}

/** One of a host that has them, told where somebody wants them. */
function checkGrafanaDoors({ grafanaDoors: doors, problems }: HostStatus): Check[] {
  if (!doors || doors.state === 'off') return [];
  const name = "Grafana's doors";
  if (doors.state !== 'open') {
    const hint = problems.find(({ id }) => id === 'grafana-doors')?.hint;
    const state = doors.state === 'held' ? 'warning' : 'ok';
    return [{ name, state, message: doors.because ?? 'Closed.', ...(hint && { hint }) }];
  }
  const kinds = doors.missing.length;
  const missing =
    kinds === 0
      ? ''
      : `; ${kinds} ${kinds === 1 ? 'kind' : 'kinds'} of call were asked for that are not here (\`watchtower grafana\`)`;
  return [{ name, state: 'ok', message: `Open at ${doors.url}, ${doors.answered} calls answered${missing}.` }];
}

async function checkReady(name: string, url: string): Promise<Check> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(probeMs) });
    await response.body?.cancel();
    if (response.ok) return { name, state: 'ok', message: `${url} answers.` };
    return { name, state: 'failed', message: `${url} answers with status ${response.status}.` };
  } catch (error) {
    const hint = 'Look at the overview for the reason, or restart the backend.';
    return { name, state: 'failed', message: `${url} does not answer: ${(error as Error).message}.`, hint };
  }
}

function checkApi({ name, title, state, address, detail }: ServiceHealth, { problems }: HostStatus): Check {
  if (state === 'up') return { name: title, state: 'ok', message: `${address} answers.` };
  const hint = problems.find(({ id }) => id === `external-${name}`)?.hint;
  const message = detail ?? `${address ?? 'It'} was not asked yet.`;
  return { name: title, state: state === 'down' ? 'failed' : 'warning', message, ...(hint && { hint }) };
}

function checkWhereToSend({ otlpGrpc, otlpHttp }: HostStatus['endpoints']): Check {
  const name = 'OTLP';
  if (!otlpGrpc && !otlpHttp) {
    const { message, hint } = noOtlpEndpoint;
    return { name, state: 'warning', message, ...(hint && { hint }) };
  }
  const known = [otlpGrpc, otlpHttp].filter(Boolean).join(' and ');
  return { name, state: 'ok', message: `Apps send to ${known} themselves; what arrives there is not seen from here.` };
}

export async function checkDisk(dataDir: string): Promise<Check> {
  try {
    const { bavail, bsize } = await statfs(dataDir);
    const free = bavail * bsize;
    const message = `${(free / 1024 ** 3).toFixed(1)} GiB free at ${dataDir}.`;
    if (free >= lowDiskBytes) return { name: 'Disk', state: 'ok', message };
    return {
      name: 'Disk',
      state: 'warning',
      message,
      hint: 'Free some space, or lower the retention size in the settings.',
    };
  } catch (error) {
    return { name: 'Disk', state: 'failed', message: `${dataDir} cannot be read: ${(error as Error).message}.` };
  }
}

/** One check a reason, the newest first. */
export function checkRejections({ rejected, leftOut, rejections }: HostStatus['ingest']): Check[] {
  const lost = rejected.spans + rejected.logs + rejected.points;
  const checks = rejections.slice(0, MAX_REASONS).map(
    (rejection): Check => ({
      name: rejection.lost ? 'Rejected' : 'Kept otherwise',
      state: 'warning',
      message: describeRejection(rejection),
    }),
  );
  const more = rejections.length - MAX_REASONS;
  if (more > 0) {
    const message = `${more} ${more === 1 ? 'reason' : 'reasons'} more, told before these.`;
    checks.push({
      name: 'Rejected',
      state: 'warning',
      message,
      hint: 'The panel lists the last twenty on the overview.',
    });
  }
  if (lost > 0) {
    checks.unshift({ name: 'Rejected', state: 'warning', message: `${lost} items were rejected as invalid.` });
  }
  if (leftOut > 0) {
    const message = `${leftOut} metric points were accepted and could not be stored.`;
    checks.unshift({ name: 'Left out', state: 'warning', message });
  }
  return checks;
}

function checkArrival({ lastReceivedAt }: HostStatus['ingest'], endpoints: HostStatus['endpoints']): Check {
  if (lastReceivedAt !== null) {
    return { name: 'Telemetry', state: 'ok', message: `The last item came ${formatAgo(lastReceivedAt, Date.now())}.` };
  }
  const hint = `Set OTEL_EXPORTER_OTLP_ENDPOINT=${endpoints.otlpGrpc} (gRPC) or ${endpoints.otlpHttp} (HTTP) in your app.`;
  return { name: 'Telemetry', state: 'warning', message: 'Nothing has arrived since the host started.', hint };
}
