import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchAgent } from './agent/bench-agent';
import type { Benchmark, Row } from './benchmark';
import { buildPrograms } from './build-programs';
import { benchDesktop } from './desktop';
import { benchExplain } from './explain';
import { benchForward } from './forward';
import { benchFreshness } from './freshness';
import { benchIngest } from './ingest';
import { describeMachine } from './machine';
import { benchMemory } from './memory';
import { benchPanel } from './panel/bench-panel';
import { benchPromql } from './promql';
import { benchQuery } from './query';
import { benchRuns } from './runs';
import { benchStack } from './stack';
import { benchStartup } from './startup';

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  ingest: benchIngest,
  startup: benchStartup,
  memory: benchMemory,
  query: benchQuery,
  freshness: benchFreshness,
  promql: benchPromql,
  forward: benchForward,
  runs: benchRuns,
  explain: benchExplain,
  panel: benchPanel,
  agent: benchAgent,
  stack: benchStack,
  desktop: benchDesktop,
};

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '60' },
      solver: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const name = positionals[0] ?? '';
  const benchmark = BENCHMARKS[name];
  if (!benchmark) {
    process.stderr.write(
      `usage: npm run bench -- ${Object.keys(BENCHMARKS).join('|')} [--seconds N] [--solver COMMAND] [--only WORDS]\n`,
    );
    return 2;
  }
  const seconds = Number(values.seconds);
  const machine = describeMachine();
  const { solver, only } = values;
  const rows = await benchmark({ programs: await buildPrograms(), seconds, solver, only });
  const from = `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`;
  process.stdout.write(`\n${name} · ${from}\n\n${table(rows)}\n`);
  const results = fileURLToPath(new URL('results', import.meta.url));
  mkdirSync(results, { recursive: true });
  writeFileSync(`${results}/${name}.json`, `${JSON.stringify({ name, machine, seconds, rows }, null, 2)}\n`);
  return 0;
}

function table(all: Row[]): string {
  const keys = Object.keys(all[0] ?? {});
  const cells = [keys, ...all.map((row) => keys.map((key) => cell(row[key] ?? '')))];
  const widths = keys.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)));
  return cells.map((line) => line.map((text, column) => text.padStart(widths[column]!)).join('  ')).join('\n');
}

function cell(value: string | number): string {
  if (typeof value === 'string') return value;
  return Number.isInteger(value) ? value.toLocaleString('en-US') : value.toFixed(2);
}

main().then((code) => {
  process.exitCode = code;
});
