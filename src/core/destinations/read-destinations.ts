import { z } from 'zod';
import { StoredDestination, StoredDestinations } from './stored-destination';

export interface ReadDestinations {
  stored: StoredDestinations;
  /** The file's own content, with what this version does not know. */
  raw: Record<string, unknown>;
  /** Entries of this file that are none of this version's, as they stand there, and what is wrong with each. */
  notUnderstood: readonly { entry: unknown; name: string; reason: string }[];
}

const Outline = z.looseObject({ destinations: z.array(z.unknown()).default([]) });

/**
 * Every destination for itself, so that a damaged one stops no other. Throws where the rest is not understood: without its
 * redaction rules nothing may be sent anywhere.
 */
export function readDestinations(value: unknown): ReadDestinations {
  const outline = expect(Outline, value);
  const { redaction, agentContent } = expect(StoredDestinations, { ...outline, destinations: [] });
  const destinations: StoredDestination[] = [];
  const notUnderstood: ReadDestinations['notUnderstood'][number][] = [];
  for (const [index, entry] of outline.destinations.entries()) {
    const parsed = StoredDestination.safeParse(entry);
    const twice = parsed.success && destinations.some(({ id }) => id === parsed.data.id);
    if (parsed.success && !twice) destinations.push(parsed.data);
    else
      notUnderstood.push({
        entry,
        name: nameOf(entry) ?? `number ${index + 1}`,
        reason: parsed.success ? `another one has the id ${parsed.data.id}` : explain(parsed.error),
      });
  }
  return {
    stored: { destinations, redaction, ...(agentContent !== undefined && { agentContent }) },
    raw: outline,
    notUnderstood,
  };
}

function expect<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(explain(parsed.error));
}

function explain({ issues: [first] }: z.ZodError): string {
  return [first?.path.join('.'), first?.message].filter(Boolean).join(': ');
}

function nameOf(entry: unknown): string | undefined {
  const { name, id } = z.object({ name: z.unknown(), id: z.unknown() }).partial().safeParse(entry).data ?? {};
  return [name, id].find((each) => typeof each === 'string' && each !== '') as string | undefined;
}
