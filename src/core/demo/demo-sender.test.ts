import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DemoSender } from './demo-sender';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wt-demo-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A sender whose program is this script. */
async function sender(script: string): Promise<DemoSender> {
  const file = join(folder, 'program.mjs');
  await writeFile(file, script);
  return new DemoSender({ command: process.execPath, args: [file] });
}

describe('DemoSender', () => {
  it('runs `generate` on the endpoint and says what was sent', async () => {
    const demo = await sender(`
      const [command, ...flags] = process.argv.slice(2);
      if (command !== 'generate' || !flags.join(' ').endsWith('--endpoint http://localhost:1 --protocol grpc')) process.exit(9);
      console.log(JSON.stringify({ traces: 1, spans: 2, logs: 3 }));`);
    expect(await demo.send('http://localhost:1', 'grpc')).toEqual({ traces: 1, spans: 2, logs: 3 });
  });

  it('says what the program said when it fails, and can be asked again', async () => {
    const demo = await sender('console.error("error: Nothing listens there."); process.exit(4);');
    for (let time = 0; time < 2; time++) {
      expect(await demo.send('http://localhost:1', 'grpc')).toMatchObject({
        problem: { kind: 'demo-failed', details: expect.stringContaining('Nothing listens there.') },
      });
    }
  });

  it('sends one at a time, and ends with the host', async () => {
    const demo = await sender('setInterval(() => {}, 1000);');
    const first = demo.send('http://localhost:1', 'grpc');
    expect(await demo.send('http://localhost:1', 'grpc')).toMatchObject({ problem: { kind: 'demo-running' } });
    demo.close();
    expect(await first).toMatchObject({ problem: { kind: 'demo-failed' } });
  });

  it('says that its program is missing', async () => {
    const demo = new DemoSender({ command: join(folder, 'absent'), args: [] });
    expect(await demo.send('http://localhost:1', 'grpc')).toMatchObject({
      problem: { details: expect.stringContaining('ENOENT') },
    });
  });
});
