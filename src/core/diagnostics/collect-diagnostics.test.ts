import { appendFile, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '../http/test-core';

let test: TestCore;
beforeAll(async () => {
  test = await openTestCore();
});
afterAll(() => test.close());

describe('the diagnostics', () => {
  it('hold what a report needs and no secret, not even one that a log line shows', async () => {
    const { core, home } = test;
    const token = 'CANARY-0123456789';
    const added = await core.destinations.add({
      kind: 'otlp',
      name: 'S',
      endpoint: 'http://127.0.0.1:9',
      headers: [{ name: 'x-key', value: token }],
    });
    expect(added).toMatchObject({ state: 'done' });
    await mkdir(join(home, 'logs'), { recursive: true });
    const long = Array.from({ length: 500 }, (_, index) => `{"msg":"line ${index}"}\n`).join('');
    await appendFile(join(home, 'logs', 'host.log'), `${long}{"msg":"sent ${token} from ${homedir()}/app"}\n`);
    const { files } = await core.client.host.diagnostics();
    const whole = JSON.stringify(files);
    expect(whole).not.toContain(token);
    expect(whole).not.toContain(Buffer.from(token).toString('base64'));
    expect(whole).not.toContain(core.token);
    const text = (name: string) => files.find((file) => file.name === name)?.text ?? '';
    expect(text('host.log')).toContain('sent *** from ~/app');
    expect(text('host.log').trimEnd().split('\n')).toHaveLength(200);
    expect(JSON.parse(text('about.json'))).toMatchObject({ node: process.versions.node, backend: 'embedded' });
    expect(JSON.parse(text('destinations.json')).destinations).toMatchObject([{ name: 'S', hasSecret: true }]);
    expect(JSON.parse(text('settings.json')).desktop.onQuit).toBe('ask');
    expect(text('doctor.txt')).toMatch(/^ok: Node\.js/);
  });

  it('come with a settings feed that tells a change at once', async () => {
    const feed = await test.core.client.host.settingsFeed();
    const seen: string[] = [];
    for await (const { theme } of feed) {
      seen.push(theme);
      if (seen.length === 2) break;
      await test.core.client.host.updateSettings({ theme: 'dark' });
    }
    expect(seen).toEqual(['system', 'dark']);
  });
});
