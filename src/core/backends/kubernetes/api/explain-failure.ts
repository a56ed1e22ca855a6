import { z } from 'zod';
import { parseJson } from '../tools/parse-json';
import { ClusterFailure, type ClusterFailureReason } from './cluster-api';

const Status = z.object({ message: z.string() });

const reasons: Readonly<Record<number, ClusterFailureReason>> = { 401: 'credential', 403: 'forbidden', 404: 'missing' };

/** An answer that is no success; its body is a `Status` of Kubernetes, or what a proxy before it wrote. */
export function explainRefusal(status: number, body: string): ClusterFailure {
  const said = Status.safeParse(parseJson(body)).data?.message ?? body.trim().slice(0, 300);
  return new ClusterFailure(reasons[status] ?? 'refused', said || `HTTP ${status}`);
}

/** An error below HTTP. */
export function explainSilence(error: unknown): ClusterFailure {
  if (error instanceof ClusterFailure) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (/^(CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_SSL_|ERR_OSSL_)/.test(code)) {
    return new ClusterFailure('credential', `${message} (${code})`);
  }
  return new ClusterFailure(code === 'ETIMEDOUT' ? 'silent' : 'unreachable', message);
}
