import { parseArgs } from 'node:util';
import { startOtlpSink } from '../../e2e/otlp-sink';
import { startHost, type TestHost } from '../../e2e/start-host';
import { countMissing } from './count-missing';
import { type KillReport, killEngine } from './kill-engine';
import { toggleDocker } from './toggle-docker';
import { toggleForwarding } from './toggle-forwarding';

const say = (text: string) => void process.stdout.write(text);

const SOAKS: Readonly<Record<string, { times: number; run(times: number): Promise<boolean> }>> = {
  kill: { times: 100, run: soakKill },
  'forward-kill': { times: 50, run: soakForwardKill },
  'forward-toggle': { times: 200, run: soakForwardToggle },
  toggle: { times: 200, run: soakToggle },
};

/** `npm run soak -- NAME [--times N]` on the built program; exit code 1 when a span is lost. */
async function main(): Promise<number> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { times: { type: 'string' } } });
  const soak = SOAKS[positionals[0] ?? ''];
  const times = Number(values.times ?? soak?.times);
  if (!soak || !(times >= 1)) {
    process.stderr.write(`usage: npm run soak -- ${Object.keys(SOAKS).join('|')} [--times N]\n`);
    return 2;
  }
  return (await soak.run(times)) ? 0 : 1;
}

async function soakKill(times: number): Promise<boolean> {
  const host = await startHost();
  try {
    return isWhole(await killEngine(host, times, say));
  } finally {
    await host.stop();
  }
}

/** The same with a destination switched on: it has to get every acknowledged span too. */
async function soakForwardKill(times: number): Promise<boolean> {
  const sink = await startOtlpSink();
  const host = await startHost();
  try {
    const headers = [{ name: 'x-soak', value: 'soak-token' }];
    await callDestinations(host, 'add', { kind: 'otlp', name: 'sink', endpoint: sink.url, headers });
    await callDestinations(host, 'toggle', { enabled: true });
    const report = await killEngine(host, times, say);
    const missing = await countMissing(sink, report.acknowledged);
    const arrived = sink.spanIds();
    const whole = isWhole(report);
    say(`missing / doubled at sink    ${missing} / ${arrived.length - new Set(arrived).size}\n`);
    return whole && missing === 0;
  } finally {
    await host.stop();
    await sink.close();
  }
}

async function callDestinations(host: TestHost, procedure: 'add' | 'toggle', json: object): Promise<void> {
  const { origin, searchParams } = new URL(host.ui);
  const headers = { authorization: `Bearer ${searchParams.get('token')}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ json });
  const answer = await fetch(`${origin}/rpc/destinations/${procedure}`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`${procedure} answered ${answer.status}: ${await answer.text()}`);
}

/** Prints the report; true when nothing is lost or doubled. */
function isWhole(report: KillReport): boolean {
  const { found, missing, doubled, strange } = report.census;
  say(`
kills of the engine          ${report.kills}
came back by itself          ${report.returned} (slowest ${report.slowestReturnMs} ms)
acknowledged spans           ${report.acknowledged.length}
requests sent again          ${report.repeatedRequests}
found by the Tempo API       ${found}
missing / doubled / strange  ${missing.length} / ${doubled.length} / ${strange.length}
rows in the store            ${report.storedRows}
`);
  const lost = missing.length + doubled.length + strange.length;
  return lost === 0 && report.returned === report.kills && report.storedRows === report.acknowledged.length;
}

async function soakForwardToggle(times: number): Promise<boolean> {
  const report = await toggleForwarding(times, say);
  const { found, missing, doubled, strange } = report.census;
  say(`
switches of forwarding       ${report.toggles} (slowest ${report.slowestToggleMs} ms)
acknowledged spans           ${report.acknowledged} (${report.spansPerSecond}/s)
found by the Tempo API       ${found}
missing / doubled / strange  ${missing.length} / ${doubled.length} / ${strange.length}
acknowledged while on        ${report.within}
missing / doubled at sink    ${report.missingAtSink} / ${report.doubledAtSink}
`);
  return missing.length + doubled.length + strange.length + report.missingAtSink === 0;
}

/** The Docker stack with two destinations; needs a container engine and the images. */
async function soakToggle(times: number): Promise<boolean> {
  const report = await toggleDocker(times, say);
  const { found, missing, doubled, strange } = report.census;
  say(`
toggles of the stack         ${report.toggles} (slowest ${report.slowestToggleMs} ms)
acknowledged spans           ${report.acknowledged} (${report.spansPerSecond}/s)
found by Tempo               ${found}
missing / doubled / strange  ${missing.length} / ${doubled.length} / ${strange.length}
acknowledged while on        ${report.within}
missing at the sinks         ${report.missingAtSinks.join(' / ')}
`);
  return missing.length + strange.length + report.missingAtSinks.reduce((sum, each) => sum + each, 0) === 0;
}

main().then((code) => {
  process.exitCode = code;
});
