// Every check that needs no test, two at a time; goes on after a failure so that one run tells all.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

// The longest first.
const waiting = ['types:node', 'types:web', 'types:e2e', 'layers', 'unused', 'lint', 'format:check', 'sizes'];
const failed = [];

await Promise.all([lane(), lane()]);
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.map((name) => `npm run ${name}`).join(', ')}`);
  process.exitCode = 1;
}

async function lane() {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const began = Date.now();
    const { isOk, printed } = await run(name);
    console.log(`${isOk ? '✓' : '✗'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    if (isOk) continue;
    failed.push(name);
    console.log(printed);
  }
}

async function run(name) {
  const child = spawn('npm', ['run', '--silent', name], {
    env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => {
      printed += text;
    });
  }
  const [code] = await once(child, 'close');
  return { isOk: code === 0, printed };
}
