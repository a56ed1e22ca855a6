import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OtlpSink } from '../../../e2e/otlp-sink';
import { setUpForwarding, soon, TOKEN } from './test-forwarding';

let sink: OtlpSink;
const { open, start, destination, arrived } = setUpForwarding((opened) => {
  sink = opened;
});

describe('over a restart', () => {
  it('goes on where it was, with nothing secret on the disk', async () => {
    const first = start();
    await first.configure([destination()]);
    await arrived([await first.receiveSpan()]);
    sink.answer({ status: 503 });
    const waiting = await first.receiveSpan();
    await first.close({ keep: true });
    open.pop();
    const saved = readFileSync(join(first.dataDir, 'forward.json'), 'utf8');
    expect(saved).not.toContain(TOKEN);
    expect(saved).not.toContain('127.0.0.1');

    sink.answer({ status: 200 });
    const second = start({}, { dataDir: first.dataDir });
    await second.configure([destination()]);
    await arrived([waiting]);
    expect(new Set(sink.spanIds()).size).toBe(2);
  });

  it('forgets a destination that is not there any more', async () => {
    const first = start();
    sink.answer({ status: 503 });
    await first.configure([destination()]);
    await first.receiveSpan();
    await first.close({ keep: true });
    open.pop();
    sink.answer({ status: 200 });
    const second = start({}, { dataDir: first.dataDir });
    await second.configure([]);
    await second.configure([destination()]);
    await arrived([await second.receiveSpan()]);
    expect(sink.spanIds().length).toBe(1);
  });

  it('begins anew where the journal of the earlier run is gone', async () => {
    const first = start();
    await first.configure([destination()]);
    for (let index = 0; index < 5; index++) await first.receiveSpan();
    await first.close({ keep: true });
    open.pop();
    expect(existsSync(join(first.dataDir, 'forward.json'))).toBe(true);
    rmSync(join(first.dataDir, 'journal'), { recursive: true });
    const second = start({}, { dataDir: first.dataDir });
    await second.configure([destination()]);
    const { length } = sink.spanIds();
    await second.receiveSpan();
    await expect.poll(() => sink.spanIds().length, soon).toBe(length + 1);
  });
});

it('loses nothing that was received while it was switched on, over 200 switches under load', async () => {
  const test = start();
  const within = new Set<string>();
  let isOn = false;
  let ending = false;
  const lanes = Array.from({ length: 4 }, async () => {
    while (!ending) {
      const id = await test.receiveSpan();
      // Acknowledged after the answer to a switching on and before the next switching off.
      if (isOn) within.add(id);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  });
  for (let toggle = 0; toggle < 200; toggle++) {
    if (isOn) {
      isOn = false;
      await test.configure([]);
    } else {
      await test.configure([destination()]);
      isOn = true;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 15));
  }
  ending = true;
  await Promise.all(lanes);
  expect(within.size).toBeGreaterThan(300);
  await arrived([...within]);
}, 60_000);
