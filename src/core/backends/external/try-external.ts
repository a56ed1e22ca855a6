import { type ExternalTrial, QueryApi } from '../../../shared/contract/external';
import type { Problem } from '../../../shared/problem';
import { probeApi } from './probe-api';
import { probeOtlpGrpc, probeOtlpHttp } from './probe-otlp';
import { type ExternalAccess, resolveEndpoint } from './resolve-endpoint';
import { externalTitles } from './titles';

/** Asks each address once, all at the same time. */
export async function tryExternal(access: ExternalAccess): Promise<ExternalTrial[]> {
  const { otlpGrpc, otlpHttp } = access.settings;
  const ca = access.ca ?? undefined;
  const given = QueryApi.options.filter((api) => access.settings[api]);
  const trials = given.map((api) =>
    timed(api, access.settings[api], () => probeApi(api, resolveEndpoint(access, api))),
  );
  if (otlpGrpc) trials.push(timed('otlpGrpc', otlpGrpc, () => probeOtlpGrpc({ base: otlpGrpc })));
  if (otlpHttp) trials.push(timed('otlpHttp', otlpHttp, () => probeOtlpHttp({ base: otlpHttp, ca })));
  return Promise.all(trials);
}

async function timed(
  name: ExternalTrial['name'],
  url: string,
  probe: () => Promise<Problem | null>,
): Promise<ExternalTrial> {
  const started = performance.now();
  const problem = await probe();
  const milliseconds = Math.round(performance.now() - started);
  return { name, title: externalTitles[name], url, milliseconds, ...(problem && { problem }) };
}
