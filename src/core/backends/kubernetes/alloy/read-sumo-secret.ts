import { z } from 'zod';
import { splitPresignedUrl } from '../../../destinations/endpoint/split-presigned-url';
import { kubectlTarget } from '../cluster/cluster';
import type { Failure } from '../tools/failure';
import { parseJson } from '../tools/parse-json';
import type { Session } from '../tools/session';

export const sumoSecret = { name: 'sumo-credentials', key: 'endpoint' } as const;

const Secret = z.object({ data: z.record(z.string(), z.string()).nullish() });

export interface SumoEndpoint {
  /** Presigned, without what stood behind the token. Never print it unasked. */
  url: string;
  /** The same with the token hidden. */
  masked: string;
}

/** Null without the secret. One that holds something else than a presigned URL of Sumo Logic is a failure. */
export async function readSumoSecret(session: Session): Promise<SumoEndpoint | Failure | null> {
  const args = ['get', 'secret', sumoSecret.name, '--ignore-not-found', '--output=json'];
  const { code, stdout, stderr } = await session.run('kubectl', [...kubectlTarget(session), ...args]);
  if (code !== 0) {
    return {
      message: `The secret ${sumoSecret.name} could not be read.`,
      hint: 'See what the cluster says, below.',
      details: stderr.trim(),
    };
  }
  if (stdout.trim() === '') return null;
  const encoded = Secret.safeParse(parseJson(stdout)).data?.data?.[sumoSecret.key];
  if (encoded === undefined) {
    return {
      message: `The secret ${sumoSecret.name} has no key ${sumoSecret.key}.`,
      hint: `Write it anew: ${session.ways.sendToSumo}`,
    };
  }
  return checkSumoEndpoint(session, Buffer.from(encoded, 'base64').toString('utf8'));
}

/** What a person gave as Sumo Logic's address. A failure never repeats it: it holds a token. */
export function checkSumoEndpoint({ ways }: Session, text: string): SumoEndpoint | Failure {
  const url = text.trim();
  const hint = `It is the URL of a Sumo Logic source "OTLP/HTTP", https://HOST/receiver/v1/otlp/TOKEN. Write it anew: ${ways.sendToSumo}`;
  if (url === '') return { message: 'The Sumo Logic endpoint is empty.', hint };
  if (url !== text) {
    return {
      message: 'The Sumo Logic endpoint has white space or a line break around it, which Alloy would send.',
      hint,
    };
  }
  if (!URL.canParse(url)) return { message: 'The Sumo Logic endpoint is not a URL.', hint };
  if (new URL(url).protocol !== 'https:') {
    return {
      message: 'The Sumo Logic endpoint does not begin with https://: its token would travel in the clear.',
      hint,
    };
  }
  const source = splitPresignedUrl(url);
  if ('kind' in source) return { message: source.message, hint };
  if (source.token === undefined) return { message: 'The Sumo Logic endpoint has no token at its end.', hint };
  return { url: `${source.endpoint}/${source.token}`, masked: `${source.endpoint}/…${source.token.slice(-4)}` };
}
