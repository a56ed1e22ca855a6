import type { HttpInput, Refusal } from '../case';
import type { YamlMapping } from '../yaml/yaml-mapping';
import { readDuration } from './read-duration';

const methods = ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];

/**
 * The requests that drive the app. `again`: of a dialect whose requests are sent until they succeed.
 */
export function readInputs(root: YamlMapping, refusals: Refusal[], { again }: { again: boolean }): HttpInput[] {
  return root.mappings('input').flatMap((input) => {
    if (!again && input.has('compose')) {
      const compose = input.mapping('compose');
      compose?.required('service');
      compose?.texts('command');
      compose?.end();
      if (input.keys().length > 1) input.report('compose', 'a request of HTTP cannot stand beside it');
      input.end();
      refusals.push({
        place: input.place,
        what: 'input.compose',
        why: 'it runs a command in a container',
        needed: true,
      });
      return [];
    }
    return readRequest(input, again) ?? [];
  });
}

function readRequest(input: YamlMapping, again: boolean): HttpInput | undefined {
  const path = input.required('path');
  const scheme = (input.text('scheme') ?? 'http').toLowerCase();
  const host = input.text('host');
  const method = (input.text('method') ?? 'GET').toUpperCase();
  const headers = input.has('headers') ? input.pairs('headers') : { Accept: 'application/json' };
  const body = input.text('body');
  const status = input.text('status') ?? '200';
  const retry = again ? {} : readRetry(input);
  input.end();
  if (scheme !== 'http' && scheme !== 'https') return void input.report('scheme', 'http or https is needed');
  if (!methods.includes(method)) return void input.report('method', `${method} is no method of HTTP`);
  if (!/^\d{3}$/.test(status)) return void input.report('status', `${JSON.stringify(status)} is no status of HTTP`);
  if (path === undefined) return undefined;
  return {
    place: input.place,
    method,
    scheme,
    ...(host && { host }),
    path: path.startsWith('/') ? path : `/${path}`,
    headers,
    ...(body && { body }),
    status: Number(status),
    ...(retry && { retry }),
  };
}

function readRetry(input: YamlMapping): HttpInput['retry'] {
  const retry = input.mapping('retry');
  if (!retry) return input.has('retry') ? {} : undefined;
  const timeoutMs = readDuration(retry, 'timeout');
  const intervalMs = readDuration(retry, 'interval');
  retry.end();
  return { ...(timeoutMs && { timeoutMs }), ...(intervalMs && { intervalMs }) };
}
