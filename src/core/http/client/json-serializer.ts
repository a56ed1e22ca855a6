import { createORPCErrorFromJson, ErrorEvent, isORPCErrorJson, mapEventIterator } from '@orpc/client';
import { StandardRPCJsonSerializer, StandardRPCSerializer } from '@orpc/client/standard';

type Serialized = { json: unknown; meta?: Parameters<StandardRPCJsonSerializer['deserialize']>[1] };

/**
 * The contract's values on the wire, as oRPC writes them, without files: oRPC's own one asks of each value whether it is a form, and the
 * word alone has Node.js load all of its `fetch`.
 */
export class JsonSerializer extends StandardRPCSerializer {
  readonly #values: StandardRPCJsonSerializer;

  constructor(values = new StandardRPCJsonSerializer()) {
    super(values);
    this.#values = values;
  }

  override serialize(value: unknown): object {
    const [json, meta, , files] = this.#values.serialize(value);
    if (files.length > 0) throw new TypeError('The contract takes no files.');
    return { json, ...(meta.length > 0 && { meta }) };
  }

  override deserialize(data: unknown): unknown {
    return isIterator(data)
      ? mapEventIterator(data, {
          value: async (value) => this.#read(value),
          error: async (error) => (error instanceof ErrorEvent ? this.#readError(error) : error),
        })
      : this.#read(data);
  }

  #read(data: unknown): unknown {
    if (data === undefined) return undefined;
    const { json, meta = [] } = data as Serialized;
    return this.#values.deserialize(json, meta);
  }

  #readError(event: ErrorEvent): Error {
    const error = this.#read(event.data);
    if (isORPCErrorJson(error)) return createORPCErrorFromJson(error, { cause: event });
    return new ErrorEvent({ data: error, cause: event });
  }
}

function isIterator(data: unknown): data is AsyncIteratorObject<unknown, unknown> {
  return typeof data === 'object' && data !== null && Symbol.asyncIterator in data;
}
