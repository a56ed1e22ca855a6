import { parseArgs } from 'node:util';
import { startHost } from '../../e2e/start-host';
import { killEngine } from './kill-engine';
import { toggleForwarding } from './toggle-forwarding';

const say = (text: string) => void process.stdout.write(text);

const SOAKS: Readonly<Record<string, { times: number; run(times: number): Promise<boolean> }>> = {
  kill: { times: 100, run: soakKill },
  'forward-toggle': { times: 200, run: soakForwardToggle },
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
    const report = await killEngine(host, times, say);
    const { found, missing, doubled, strange } = report.census;
    say(`
kills of the engine          ${report.kills}
came back by itself          ${report.returned} (slowest ${report.slowestReturnMs} ms)
acknowledged spans           ${report.acknowledged}
requests sent again          ${report.repeatedRequests}
found by the Tempo API       ${found}
missing / doubled / strange  ${missing.length} / ${doubled.length} / ${strange.length}
rows in the store            ${report.storedRows}
`);
    const lost = missing.length + doubled.length + strange.length;
    return lost === 0 && report.returned === times && report.storedRows === report.acknowledged;
  } finally {
    await host.stop();
  }
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

main().then((code) => {
  process.exitCode = code;
});
