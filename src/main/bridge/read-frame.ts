import { z } from 'zod';

/** Inputs of the contract are small; a bigger message is a mistake or an attack. As over the WebSocket. */
const maxFrameLength = 1024 * 1024;

const id = z.string().min(1).max(40);
/** What oRPC's client sends as text: a call of one procedure, or the end of one. The contract streams nothing to the host. */
const Frame = z.union([
  z.strictObject({
    i: id,
    p: z.strictObject({
      u: z.string().regex(/^\/[A-Za-z]+\/[A-Za-z]+$/),
      b: z.unknown().optional(),
      h: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
    }),
  }),
  z.strictObject({ i: id, t: z.literal(4), p: z.unknown().optional() }),
]);

/** A message of the page as the contract's handlers take it; null for anything that the panel does not send. */
export function readFrame(data: unknown): string | null {
  if (typeof data !== 'string' || data.length > maxFrameLength) return null;
  return Frame.safeParse(parseJson(data)).success ? data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
