import { afterEach, expect, it } from 'vitest';
import { isFailure } from '../tools/failure';
import { type TestTools, type TestToolsOptions, testTools } from '../tools/test-tools';
import { mendPending } from './mend-pending';

let tools: TestTools | undefined;
afterEach(() => tools?.close());

const release = (status: string) => ({
  name: 'loki',
  chart: 'loki-18.11.0',
  status,
  updated: '2026-11-30 05:14:00.123456789 +0000 UTC',
});
const begun = Date.parse('2026-11-30T05:14:00Z');
const listed = (...statuses: string[]) => ({
  'helm list *': statuses.map((status) => ({ stdout: JSON.stringify([release(status)]) })),
});

async function mend(status: string, ageMs: number, options: TestToolsOptions = {}) {
  tools = testTools(options);
  let waits = 0;
  const session = { ...tools.session, wait: async () => void waits++ };
  const failure = await mendPending(session, release(status), () => begun + ageMs);
  const ran = tools.lines().filter((line) => /^helm (uninstall|rollback)/.test(line));
  return { failure, ran, waits };
}

const target = '--kube-context kind-watchtower --namespace watchtower';

it.each([
  ['pending-install', 'uninstall'],
  ['uninstalling', 'uninstall'],
  ['pending-upgrade', 'rollback'],
  ['pending-rollback', 'rollback'],
])('ends a release that was left %s long ago at once, by %s', async (status, command) => {
  expect(await mend(status, 60_000)).toEqual({ failure: null, ran: [`helm ${command} loki ${target}`], waits: 0 });
  expect(tools!.said[0]).toContain(`loki is ${status}`);
});

it('waits for one that another Helm works on, and leaves it alone when that comes to its end', async () => {
  const answers = listed('pending-upgrade', 'pending-upgrade', 'deployed');
  expect(await mend('pending-upgrade', 2_000, { answers })).toEqual({ failure: null, ran: [], waits: 3 });
});

it('ends one that stays as it is', async () => {
  const { ran, waits } = await mend('pending-upgrade', 15_000, { answers: listed('pending-upgrade') });
  expect(ran).toEqual([`helm rollback loki ${target}`]);
  expect(waits).toBe(5);
});

it('says what to do where Helm cannot', async () => {
  const answers = { 'helm rollback *': { stderr: 'Error: release has no 0 version', code: 1 } };
  const { failure } = await mend('pending-upgrade', 60_000, { answers });
  expect(isFailure(failure) && failure).toMatchObject({
    message: 'The release loki was left pending-upgrade, and Helm could not bring it to an end.',
    hint: expect.stringContaining(`helm rollback loki ${target}`),
    details: 'Error: release has no 0 version',
  });
});

it('ends nothing when it is cancelled meanwhile', async () => {
  const stopped = AbortSignal.abort();
  const { ran } = await mend('pending-upgrade', 0, { answers: listed('pending-upgrade'), signal: stopped });
  expect(ran).toEqual([]);
});
