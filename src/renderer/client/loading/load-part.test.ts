import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loadPart, PartNotLoaded } from './load-part';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const url = 'http://127.0.0.1:4320/assets/traces-page-x1.js';
const chromium = () => new TypeError(`Failed to fetch dynamically imported module: ${url}`);
const away: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'));
const there: typeof fetch = async () => new Response('');

/** Fails with these, then gives `part`. */
function failing(...faults: Error[]) {
  let tries = 0;
  const load = async () => {
    const fault = faults[tries++];
    if (fault) throw fault;
    return 'part';
  };
  return { load, tries: () => tries };
}
async function settle<Value>(promise: Promise<Value>): Promise<Value | Error> {
  const settled = promise.catch((error: Error) => error);
  await vi.runAllTimersAsync();
  return settled;
}

it.each([
  ['Chromium', chromium()],
  ['Firefox', new TypeError(`error loading dynamically imported module: ${url}`)],
  ['WebKit', new TypeError('Importing a module script failed.')],
  ['Vite, of the styles', new Error('Unable to preload CSS for /assets/x.css')],
])('loads again what failed for the network, in the words of %s', async (_, fault) => {
  const { load, tries } = failing(fault, fault, fault);
  expect(await settle(loadPart(load, away))).toBe('part');
  expect(tries()).toBe(4);
});

it('gives up after a few tries with growing waits, and says what failed', async () => {
  const { load, tries } = failing(...Array.from({ length: 9 }, chromium));
  const begun = Date.now();
  const error = await settle(loadPart(load, away));
  expect(error).toBeInstanceOf(PartNotLoaded);
  expect((error as Error).message).toContain(url);
  expect([tries(), Date.now() - begun]).toEqual([5, 4400]);
});

it('does not wait where the file is there and the browser holds on to its failure', async () => {
  const { load, tries } = failing(...Array.from({ length: 9 }, chromium));
  expect(await settle(loadPart(load, there))).toBeInstanceOf(PartNotLoaded);
  expect(tries()).toBe(2);
});

it('hands on at once what the code itself throws', async () => {
  const bug = new TypeError('x is not a function');
  const { load, tries } = failing(bug);
  expect(await settle(loadPart(load, away))).toBe(bug);
  expect(tries()).toBe(1);
});
