import { z } from 'zod';

/** JSON Schema of a tool's arguments with nothing in it that a model can do without: every word is read at each start. */
export function describeSchema(schema: z.ZodObject): { type: 'object'; [key: string]: unknown } {
  const { properties, required } = z.toJSONSchema(schema, { io: 'input' }) as {
    properties: Record<string, Record<string, unknown>>;
    required?: string[];
  };
  const lean = Object.entries(properties).map(([name, { minimum, maximum, default: _, propertyNames, ...rest }]) => [
    name,
    rest,
  ]);
  return { type: 'object', properties: Object.fromEntries(lean), ...(required && { required }) };
}
