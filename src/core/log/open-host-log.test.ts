import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maskLog } from './mask-log';
import { openHostLog } from './open-host-log';
import { RotatingFile } from './rotating-file';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'wt-log-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const read = (name: string) => readFileSync(join(home, name), 'utf8');
const lastLine = () => JSON.parse(read('logs/host.log').trim().split('\n').at(-1)!);

describe('the host log', () => {
  it('shows an error with its message and its stack', () => {
    openHostLog(home).error({ error: new Error('no such thing') }, 'the app could not start');
    expect(lastLine()).toMatchObject({
      level: 50,
      msg: 'the app could not start',
      error: { message: 'no such thing' },
    });
    expect(lastLine().error.stack).toContain('open-host-log.test.ts');
  });

  it('holds no secret: not in a message, a nested text, an error, or under the name of a header', () => {
    const log = openHostLog(home);
    const CANARY = 'CANARY12345678';
    log.warn({ headers: [{ authorization: CANARY }], deep: { 'x-sumo-token': CANARY } }, `Bearer ${CANARY}`);
    log.error(
      { error: new Error(`GET https://u:${CANARY}@host/`, { cause: new Error(`Bearer ${CANARY}`) }) },
      'failed',
    );
    expect(read('logs/host.log')).not.toContain('CANARY');
    expect(read('logs/host.log').match(/\*\*\*/g)?.length).toBeGreaterThan(4);
  });

  it.skipIf(process.platform === 'win32')('is for this user alone', () => {
    openHostLog(home).info({}, 'started');
    expect(statSync(join(home, 'logs', 'host.log')).mode & 0o777).toBe(0o600);
  });

  it('is silent where the home cannot be written', () => {
    writeFileSync(join(home, 'file'), '');
    expect(() => openHostLog(join(home, 'file')).error({}, 'lost')).not.toThrow();
  });
});

describe('a log behind a mask', () => {
  it('leaves numbers, null and the shape as they are', () => {
    const lines: unknown[] = [];
    const keep = (details: object, message: string) => lines.push([details, message]);
    const log = maskLog({ info: keep, warn: keep, error: keep }, (text) => text.replaceAll('secret', '***'));
    log.info({ run: 3, at: null, list: ['secret', 1], on: true }, 'a secret');
    expect(lines).toEqual([[{ run: 3, at: null, list: ['***', 1], on: true }, 'a ***']]);
  });
});

describe('a rotating file', () => {
  const limits = { maxBytes: 100, files: 3 };
  const line = (number: number) => `${String(number).padStart(39, '0')}\n`;

  it('keeps the newest lines in a bounded number of files of a bounded size', () => {
    const file = new RotatingFile(join(home, 'a.log'), limits);
    for (let number = 0; number < 20; number++) file.write(line(number));
    expect(readdirSync(home).sort()).toEqual(['a.log', 'a.log.1', 'a.log.2']);
    expect(read('a.log.2') + read('a.log.1') + read('a.log')).toBe([14, 15, 16, 17, 18, 19].map(line).join(''));
  });

  it('counts what an earlier process wrote', () => {
    new RotatingFile(join(home, 'a.log'), limits).write(line(0) + line(1));
    new RotatingFile(join(home, 'a.log'), limits).write(line(2));
    expect(read('a.log')).toBe(line(2));
  });

  it('takes up the file that another host of the home began, and rotates it no second time', () => {
    const file = new RotatingFile(join(home, 'a.log'), limits);
    file.write(line(0));
    file.write(line(1));
    renameSync(join(home, 'a.log'), join(home, 'a.log.1'));
    writeFileSync(join(home, 'a.log'), 'other\n');
    file.write(line(2));
    expect(read('a.log')).toBe(`other\n${line(2)}`);
    expect(readdirSync(home).sort()).toEqual(['a.log', 'a.log.1']);
  });

  it('goes on in the same file where the earlier ones cannot be moved', () => {
    const file = new RotatingFile(join(home, 'a.log'), { maxBytes: 100, files: 2 });
    file.write(line(0));
    file.write(line(1));
    // A full folder takes no file's name.
    mkdirSync(join(home, 'a.log.1', 'full'), { recursive: true });
    file.write(line(2));
    expect(read('a.log')).toContain(line(2));
  });
});
