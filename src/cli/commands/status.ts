import type { HostStatus } from '../../shared/contract/host';
import { describeRejection } from '../../shared/describe-rejection';
import { formatBytes } from '../../shared/format-bytes';
import { describeGrafanaDoors } from '../../shared/grafana/describe-grafana-doors';
import { attach } from '../attach';
import { describeOtlp } from '../describe-otlp';
import { EXIT, type ExitCode } from '../exit-codes';
import { hostEnded } from '../host-ended';
import { panelLink } from '../panel-link';
import { jsonLine, paint, printableName, type Terminal } from '../terminal';
import { describeQueries } from '../text/describe-queries';

/** Reasons of rejected items that are shown. */
const MAX_REASONS = 5;

export interface StatusOptions {
  json?: boolean;
  watch?: boolean;
}

/** Prints what runs; exit code 0 when everything is up, 1 when something is not, 4 when nothing runs. */
export async function status(options: StatusOptions, terminal: Terminal): Promise<ExitCode> {
  const { client, host } = await attach();
  const print = (snapshot: HostStatus) =>
    terminal.out(
      options.json
        ? jsonLine({ ...snapshot, ui: host.url })
        : describeStatus(snapshot, panelLink(host, terminal), terminal),
    );
  if (options.watch) {
    for await (const snapshot of await client.host.status()) {
      if (terminal.coloured && !options.json) terminal.out('\x1b[2J\x1b[H');
      print(snapshot);
    }
    throw hostEnded();
  }
  const snapshot = await client.host.snapshot();
  print(snapshot);
  return snapshot.state === 'ready' ? EXIT.ok : EXIT.failed;
}

function describeStatus(snapshot: HostStatus, ui: string, terminal: Terminal): string {
  const colour =
    snapshot.state === 'ready'
      ? 'green'
      : snapshot.state === 'failed' || snapshot.state === 'stopped'
        ? 'red'
        : 'yellow';
  const { rates, totals, rejected, leftOut, rejections } = snapshot.ingest;
  const lost = rejected.spans + rejected.logs + rejected.points;
  const requests = rejections.reduce((sum, { items, count }) => (items === 'requests' ? sum + count : sum), 0);
  const { storage } = snapshot;
  const bound = storage.maxBytes > 0 ? ` of ${formatBytes(storage.maxBytes)}` : '';
  // Of a backend that somebody else runs nothing of this is known.
  const rowsOfOwn = (): [string, string][] => [
    ['rate', `${round(rates.spans)} spans/s · ${round(rates.logs)} logs/s · ${round(rates.points)} points/s`],
    ['received', `${totals.spans} spans · ${totals.logs} logs · ${totals.points} points`],
    ...(lost + leftOut + rejections.length > 0
      ? [['rejected', describeLost(requests, lost, leftOut, terminal)] satisfies [string, string]]
      : []),
    ['disk', `${formatBytes(storage.diskBytes)}${bound}, ${storage.maxAgeHours} h`],
  ];
  const rows: [string, string][] = [
    ['backend', `${snapshot.backend}, ${paint(terminal, colour, snapshot.state)} (pid ${snapshot.pid})`],
    ['panel', ui],
    ['OTLP', describeOtlp(snapshot.endpoints)],
    ['query', describeQueries(snapshot.endpoints)],
    ...describeDoors(snapshot),
    ...(snapshot.capabilities.ingest ? rowsOfOwn() : [['kept', snapshot.keptAt.where] satisfies [string, string]]),
    [
      'cloud',
      snapshot.cloud.enabled
        ? `${snapshot.cloud.state}: a copy goes to ${snapshot.cloud.destinations} ${snapshot.cloud.destinations === 1 ? 'destination' : 'destinations'}`
        : snapshot.keptAt.here
          ? 'off: nothing leaves this machine'
          : `off: what apps send is kept ${snapshot.keptAt.where}`,
    ],
  ];
  const lines = rows.map(([name, value]) => `${paint(terminal, 'dim', name.padEnd(9))} ${value}`);
  for (const rejection of rejections.slice(0, MAX_REASONS)) {
    const mark = rejection.lost ? paint(terminal, 'red', 'rejected') : paint(terminal, 'yellow', 'warning');
    lines.push(`${mark}${rejection.lost ? '  ' : '   '}${printableName(describeRejection(rejection))}`);
  }
  const more = rejections.length - MAX_REASONS;
  if (more > 0) lines.push(`${more} ${more === 1 ? 'reason' : 'reasons'} more: the panel lists the last twenty`);
  for (const service of snapshot.services.filter((each) => each.state !== 'up')) {
    lines.push(
      `${paint(terminal, 'yellow', service.title)} is ${service.state}${service.detail ? `: ${service.detail}` : ''}`,
    );
  }
  for (const problem of snapshot.problems) {
    const text = `${problem.message}${problem.hint ? ` ${problem.hint}` : ''}`;
    // What is over waits to be seen; its id is what `dismiss` takes.
    const over = problem.lifetime === 'until-seen';
    const mark = over ? paint(terminal, 'yellow', 'was') : paint(terminal, 'red', 'problem');
    lines.push(`${mark}${over ? '       ' : '   '}${text}${over ? ` (watchtower dismiss ${problem.id})` : ''}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Nothing where nobody wants them. */
function describeDoors({ grafanaDoors: doors }: HostStatus): [string, string][] {
  return doors && doors.state !== 'off' ? [['grafana', `doors ${printableName(describeGrafanaDoors(doors))}`]] : [];
}

function describeLost(requests: number, rejected: number, leftOut: number, terminal: Terminal): string {
  const parts = [
    ...(requests > 0 ? [`${requests} ${requests === 1 ? 'request' : 'requests'} as a whole`] : []),
    ...(rejected > 0 ? [`${rejected} items as invalid`] : []),
    ...(leftOut > 0 ? [`${leftOut} accepted points could not be stored`] : []),
  ];
  return parts.length > 0 ? paint(terminal, 'red', parts.join(' · ')) : 'nothing';
}

function round(rate: number): string {
  return rate >= 10 ? String(Math.round(rate)) : rate.toFixed(1);
}
