import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { withoutExported } from './exported-lines';
import { LineSplitter } from './line-splitter';
import { type OutputRecord, readOutputLine } from './output-record';
import { OutputSender, type OutputSenderOptions } from './output-sender';
import { createClock, showOutput } from './show-output';
import { TracebackJoiner } from './traceback-joiner';

const record = (text: string): OutputRecord => ({ stream: 'stdout', timeNs: '1', text });
const read = (text: string | Buffer, cut = 0) => readOutputLine(Buffer.from(text), cut, 'stdout', '1');

describe('LineSplitter', () => {
  it('gives each line once, wherever the chunks are cut, and what stands behind the last', () => {
    const text = Buffer.from('one\n\ntwo ä\r\nthree');
    for (let at = 0; at <= text.length; at++) {
      const lines: string[] = [];
      const splitter = new LineSplitter((line) => lines.push(line.toString()));
      splitter.write(text.subarray(0, at));
      splitter.write(text.subarray(at));
      splitter.end();
      expect(lines).toEqual(['one', '', 'two ä\r', 'three']);
    }
  });

  it('holds 64 KiB of a line that never ends, and says how much it left out', () => {
    const lines: [number, number][] = [];
    const splitter = new LineSplitter((line, cut) => lines.push([line.length, cut]));
    for (let chunk = 0; chunk < 100; chunk++) splitter.write(Buffer.alloc(10_000, 97));
    splitter.write(Buffer.from('\nnext\n'));
    expect(lines).toEqual([
      [65_536, 1_000_000 - 65_536],
      [4, 0],
    ]);
  });
});

describe('LineSplitter, where nobody keeps what comes', () => {
  it('counts every line once, wherever what is skipped begins and ends', () => {
    const text = Buffer.from('one\ntwo\nthree\nfour\nfive');
    for (let from = 0; from <= text.length; from++)
      for (let to = from; to <= text.length; to++) {
        const lines: string[] = [];
        const splitter = new LineSplitter((line) => lines.push(line.toString()));
        splitter.write(text.subarray(0, from));
        let skipped = 0;
        // In two pieces: what goes on in the second is no other line.
        const middle = (from + to) >> 1;
        for (const piece of [text.subarray(from, middle), text.subarray(middle, to)]) skipped += splitter.skip(piece);
        splitter.write(text.subarray(to));
        splitter.end();
        expect(lines.length + skipped, `${from} ${to}`).toBe(5);
        for (const line of lines) expect(text.toString().split('\n')).toContain(line);
      }
  });
});

describe('a line of output', () => {
  it('is kept without colours, without what a progress bar wrote over, and as text whatever it holds', () => {
    expect(read('\u001b[31mred\u001b[0m alert\r')?.text).toBe('red alert');
    expect(read('10 %\r50 %\r100 % done')?.text).toBe('100 % done');
    expect(read(Buffer.from([0x61, 0x00, 0xff, 0x62]))?.text).toBe('a\ufffdb');
    expect(read('  \t')).toBeNull();
    expect(read('x', 5_000)?.text).toBe('x [4.9 KiB more of this line are not kept]');
  });

  it.each([
    [`failed trace_id=${'a'.repeat(32)} span_id=${'b'.repeat(16)}`, 'a'.repeat(32), 'b'.repeat(16)],
    [`{"traceId":"${'A'.repeat(32)}"}`, 'a'.repeat(32), undefined],
    [`got 00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`, '1'.repeat(32), '2'.repeat(16)],
    [`sha ${'a'.repeat(32)}`, undefined, undefined],
    [`trace_id=${'a'.repeat(40)}`, undefined, undefined],
  ])('%s belongs to the trace that it names', (line, traceId, spanId) => {
    expect([read(line)?.traceId, read(line)?.spanId]).toEqual([traceId, spanId]);
  });
});

describe('a traceback of Python', () => {
  const frames = ['Traceback (most recent call last):', '  File "app.py", line 3, in pay', '    charge(order)'];
  const join = (lines: readonly string[]) => {
    const texts: string[] = [];
    const joiner = new TracebackJoiner(({ text }) => texts.push(text));
    for (const line of lines) joiner.add(record(line));
    joiner.end();
    return texts;
  };

  it('is one record up to what names the exception, and what stands around it is its own', () => {
    const whole = [...frames, 'ValueError: no card'];
    const again = 'During handling of the above exception, another exception occurred:';
    expect(join(['before', ...whole, again, ...whole, 'after'])).toEqual([
      ...['before', whole.join('\n'), again, whole.join('\n'), 'after'],
    ]);
  });

  it('is told as far as it came where the program ends within it, and where another begins', () => {
    expect(join([...frames, ...frames])).toEqual([frames.join('\n'), frames.join('\n')]);
  });

  it('is left out where the application exports the exception with it', () => {
    const whole = [...frames, 'ValueError: no card'];
    const [joined] = join(whole);
    expect(withoutExported([record(joined!)], ['failed', ...whole])).toEqual([]);
    expect(withoutExported([record(joined!)], ['failed', ...frames])).toHaveLength(1);
  });
});

describe('withoutExported', () => {
  it('leaves out what the application exports itself, as often as it does', () => {
    const lines = ['hello world', 'hello world', '{"level":30,"msg":"order made"}', '10:01 INFO shop: paid', 'own'].map(
      record,
    );
    const left = withoutExported(lines, ['hello world', 'order made', 'shop: paid', 'elsewhere']);
    expect(left.map(({ text }) => text)).toEqual(['hello world', 'own']);
  });
});

describe('OutputSender', () => {
  const open = (options: Partial<OutputSenderOptions>) =>
    new OutputSender({
      send: async () => {},
      spool: async () => {},
      withoutExported: async (records) => records,
      everyMs: 3_600_000,
      ...options,
    });

  it('keeps what the host does not take, and counts what cannot be kept either', async () => {
    const spooled: string[] = [];
    const sender = open({
      send: () => Promise.reject(new Error('gone')),
      spool: async (records) => void spooled.push(...records.map(({ text }) => text)),
    });
    sender.add(record('one'));
    await sender.close();
    expect([spooled, sender.spooled, sender.dropped]).toEqual([['one'], 1, 0]);
    const full = open({
      send: () => Promise.reject(new Error('gone')),
      spool: () => Promise.reject(new Error('full')),
    });
    full.add(record('two'));
    await full.close();
    expect(full.dropped).toBe(1);
  });

  it('holds a line until what the application exports of it is there, and much of it no longer', async () => {
    const sent: string[] = [];
    const exported: string[] = [];
    const sender = open({
      everyMs: 1,
      holdMs: 3_600_000,
      mostWaiting: 1_000,
      send: async (records) => void sent.push(...records.map(({ text }) => text)),
      withoutExported: async (records) => withoutExported(records, exported),
    });
    sender.add(record('order shown'));
    sender.add(record('own line'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sent).toEqual([]);
    exported.push('order shown');
    sender.add(record('x'.repeat(600)));
    await expect.poll(() => sent.length).toBe(2);
    sender.add(record('last'));
    await sender.close();
    expect(sent).toEqual(['own line', 'x'.repeat(600), 'last']);
  });

  it('holds up nobody: what is more than may wait is shown, dropped and counted', async () => {
    const sent: string[] = [];
    const sender = open({
      mostWaiting: 1_000,
      send: async (records) => void sent.push(...records.map(({ text }) => text)),
    });
    const from = new PassThrough();
    const to = new PassThrough();
    let shown = 0;
    to.on('data', (chunk: Buffer) => {
      shown += chunk.length;
    });
    const { ended: done } = showOutput(from, to, 'stdout', sender, createClock());
    for (let line = 0; line < 10_000; line++) from.write(`${'x'.repeat(99)}\n`);
    from.end();
    await done;
    await expect.poll(() => shown).toBe(1_000_000);
    await sender.close();
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.length + sender.dropped).toBe(10_000);
    expect(sent.length).toBeLessThanOrEqual(11);
  });

  it('counts what a line takes beside its text: short ones are many', async () => {
    const sender = open({ mostWaiting: 10_000 });
    for (let line = 0; line < 1_000; line++)
      if (sender.hasRoom(1)) sender.add(record('y'));
      else sender.dropped++;
    expect(sender.dropped).toBeGreaterThan(900);
    await sender.close();
  });

  it('is held up by who reads slowly, and ends its stream where nobody reads any more', async () => {
    const [from, to] = [new PassThrough(), new PassThrough({ highWaterMark: 10 })];
    const shown = showOutput(from, to, 'stdout', open({}), createClock());
    from.write('x'.repeat(100));
    await expect.poll(() => shown.isHeldUp()).toBe(true);
    to.destroy();
    await shown.ended;
    expect([from.destroyed, shown.isHeldUp()]).toEqual([true, false]);
  });

  it('shows bytes that are no text as they came', async () => {
    const bytes = Buffer.from([0x00, 0xff, 0x0a, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0x80]);
    const [from, to] = [new PassThrough(), new PassThrough()];
    const { ended: done } = showOutput(from, to, 'stderr', open({}), createClock());
    from.end(bytes);
    await done;
    to.end();
    expect(Buffer.concat(await to.toArray())).toEqual(bytes);
  });
});

it('the clock never stands still', () => {
  const clock = createClock();
  const times = Array.from({ length: 1_000 }, () => BigInt(clock()));
  for (const [index, time] of times.slice(1).entries()) expect(time > times[index]!).toBe(true);
});
