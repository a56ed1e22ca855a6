import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));
const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
const hasPython = spawnSync('python3', ['--version']).status === 0;

async function python(...args: string[]) {
  const child = spawn('python3', args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.stderr += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Of every error line of a server span: when it was told, and when the last failed call below it ended. */
const listFailures = `
import json, logging
from story import Story
def walk(step):
    yield step
    for child in step.children:
        yield from walk(child)
told = []
story = Story(7)
for _ in range(500):
    for step in walk(story.tell()):
        ends = [child.start + child.duration for child in step.children if child.error]
        if ends:
            told += [[at, max(ends), body] for at, level, body, _ in step.logs if level == logging.ERROR]
print(json.dumps(told))
`;

describe.skipIf(!hasPython)('generate.py', () => {
  it('says that nothing was sent where nothing listens, and exits with 1', async () => {
    const endpoint = `127.0.0.1:${await closedPort()}`;
    const { code, stderr } = await python('generate.py', '--endpoint', endpoint, '--duration', '1');
    expect(code).toBe(1);
    expect(stderr).toContain(`Nothing was sent: nothing listens at ${endpoint}`);
    expect(stderr.trim().split('\n')).toHaveLength(2);
  });

  it('refuses what is no endpoint as a mistake of the command line', async () => {
    for (const endpoint of ['localhost', 'localhost:port', 'https://localhost:4317', '::1:4317']) {
      const { code, stderr } = await python('generate.py', '--endpoint', endpoint, '--duration', '1');
      expect([code, stderr.includes('HOST:PORT')], endpoint).toEqual([2, true]);
    }
  });

  it('tells of a failure only after what caused it has ended', async () => {
    const { stdout, stderr } = await python('-c', listFailures);
    const told = JSON.parse(stdout || 'null') as [number, number, string][];
    expect(told.length, stderr).toBeGreaterThan(20);
    for (const [at, end, body] of told) expect(at, body).toBeGreaterThanOrEqual(end);
  });
});
