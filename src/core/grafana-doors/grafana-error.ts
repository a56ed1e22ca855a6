import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** An error answer in Grafana's shape. `messageId` is for programs. */
export function grafanaError(
  context: Context,
  status: ContentfulStatusCode,
  message: string,
  messageId?: string,
): Response {
  return context.json({ message, ...(messageId && { messageId, statusCode: status }), traceID: '' }, status);
}
