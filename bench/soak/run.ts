import { parseArgs } from 'node:util';
import { startHost } from '../../e2e/start-host';
import { killEngine } from './kill-engine';

const say = (text: string) => void process.stdout.write(text);

/** `npm run soak -- kill [--times N]` on the built program; exit code 1 when a span is lost or doubled. */
async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { times: { type: 'string', default: '100' } },
  });
  const times = Number(values.times);
  if (positionals[0] !== 'kill' || !(times >= 1)) {
    process.stderr.write('usage: npm run soak -- kill [--times N]\n');
    return 2;
  }
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
    return lost === 0 && report.returned === times && report.storedRows === report.acknowledged ? 0 : 1;
  } finally {
    await host.stop();
  }
}

main().then((code) => {
  process.exitCode = code;
});
