import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Problem } from '../../shared/problem';
import type { AlloyHost, AlloyOutput } from './alloy-host';

const requestMs = 10_000;
/** Of one request while looking; longer than a healthy Alloy takes on a busy machine. */
const lookMs = 2_000;
const betweenLooksMs = 50;

const Components = z.array(
  z.object({ localID: z.string(), health: z.object({ state: z.string(), message: z.string().default('') }) }),
);

/** Asks Alloy to read its configuration again. Null when it did; components may still be starting then. */
export async function reloadAlloy(host: AlloyHost): Promise<Problem | null> {
  const answer = await request(host, '/-/reload', requestMs, 'POST');
  if ('kind' in answer) return answer;
  if (answer.ok) return null;
  return {
    kind: 'alloy-reload-refused',
    message: 'Alloy refused the new configuration.',
    hint: 'The reason stands below; the destinations and redaction rules are what differs.',
    details: answer.text.trim().slice(0, 2_000),
  };
}

/** Null once Alloy is ready and healthy with all its components and takes connections where OTLP comes in. */
export async function verifyAlloy(host: AlloyHost, limitMs: number, now: () => number): Promise<Problem | null> {
  const end = now() + limitMs;
  for (;;) {
    const problem = await lookAtAlloy(host);
    if (!problem || now() >= end) return problem;
    await pause(betweenLooksMs);
  }
}

async function lookAtAlloy(host: AlloyHost): Promise<Problem | null> {
  for (const path of ['/-/ready', '/-/healthy']) {
    const answer = await request(host, path, lookMs);
    if ('kind' in answer) return answer;
    if (!answer.ok) return unhealthy(answer.text);
  }
  const answer = await request(host, '/api/v0/web/components', lookMs);
  if ('kind' in answer) return answer;
  const components = parseComponents(answer.text);
  if (!components) return unhealthy('its list of components cannot be read');
  const ill = components.filter(({ health }) => health.state !== 'healthy');
  if (ill.length > 0) {
    return unhealthy(ill.map(({ localID, health }) => `${localID}: ${health.state} ${health.message}`).join('\n'));
  }
  for (const address of host.otlpAddresses) {
    if (!(await answersAt(address, lookMs))) {
      return {
        kind: 'alloy-not-receiving',
        message: `Alloy takes no connection at ${address}.`,
        hint: 'See the log of the service alloy.',
      };
    }
  }
  return null;
}

function parseComponents(text: string): z.infer<typeof Components> | null {
  try {
    return Components.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The text of a page of Alloy's. */
export async function request(
  host: AlloyOutput,
  path: string,
  limitMs: number,
  method = 'GET',
): Promise<{ ok: boolean; text: string } | Problem> {
  try {
    const response = await fetch(new URL(path, host.httpUrl), { method, signal: AbortSignal.timeout(limitMs) });
    return { ok: response.ok, text: await response.text() };
  } catch (error) {
    const { name, cause, message } = error as Error;
    return {
      kind: 'alloy-not-answering',
      message: name === 'TimeoutError' ? `Alloy did not answer ${path} in time.` : `Alloy does not answer ${path}.`,
      hint: 'See the log of the service alloy, or restart it.',
      details: cause instanceof Error ? cause.message : message,
    };
  }
}

function answersAt(address: string, limitMs: number): Promise<boolean> {
  const { hostname, port } = new URL(`tcp://${address}`);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port), timeout: limitMs });
    const settle = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

function unhealthy(details: string): Problem {
  return {
    kind: 'alloy-unhealthy',
    message: 'Alloy is not healthy with the new configuration.',
    hint: 'The reason stands below; see the log of the service alloy as well.',
    details: details.trim().slice(0, 2_000),
  };
}
