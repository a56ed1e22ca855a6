import type { Context } from 'hono';

const MODEL_FORMAT = 'application/vnd.grafana.llm';
/** JSON can be read of it. */
export const MODEL_CONTENT_TYPE = `${MODEL_FORMAT}+json`;

/** Whether a client asks for an answer as Tempo writes it for language models: one that takes plain JSON as well gets that. */
export function wantsModelFormat(context: Context): boolean {
  const accept = context.req.header('accept') ?? '';
  return accept.includes(MODEL_FORMAT) && !accept.includes('application/json');
}
