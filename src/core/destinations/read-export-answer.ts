/** What the body of an OTLP answer says. */
export interface ExportAnswer {
  /** `partial_success.rejected_spans`. */
  rejected: number;
  /** Of the partial success, or of the `Status` of a failure; empty when it says nothing. */
  message: string;
}

type Fields = Map<number, bigint | Buffer>;

/** Reads the body of an answer, protobuf or JSON, of a success or a failure; any other text is taken as the message. */
export function readExportAnswer(body: Buffer, contentType: string, success: boolean): ExportAnswer {
  try {
    if (/json/.test(contentType)) return readJson(JSON.parse(body.toString()));
    if (/protobuf/.test(contentType)) return success ? readPartialSuccess(body) : readStatus(body);
  } catch {
    // Not what its type says: shown as it is.
  }
  return { rejected: 0, message: /html/.test(contentType) ? '' : body.toString() };
}

function readJson(answer: unknown): ExportAnswer {
  const { partialSuccess, message, error } = answer as Record<string, unknown>;
  const partial = (partialSuccess ?? {}) as { rejectedSpans?: unknown; errorMessage?: unknown };
  const said = [partial.errorMessage, message, error].find((text) => typeof text === 'string');
  return { rejected: Number(partial.rejectedSpans ?? 0) || 0, message: (said as string | undefined) ?? '' };
}

/** ExportTraceServiceResponse: partial_success 1 { rejected_spans 1, error_message 2 }. */
function readPartialSuccess(body: Buffer): ExportAnswer {
  const partial = readFields(body).get(1);
  if (!(partial instanceof Buffer)) return { rejected: 0, message: '' };
  const fields = readFields(partial);
  const rejected = fields.get(1);
  return { rejected: typeof rejected === 'bigint' ? Number(rejected) : 0, message: textOf(fields.get(2)) };
}

/** google.rpc.Status: code 1, message 2. */
function readStatus(body: Buffer): ExportAnswer {
  return { rejected: 0, message: textOf(readFields(body).get(2)) };
}

function textOf(value: bigint | Buffer | undefined): string {
  return value instanceof Buffer ? value.toString() : '';
}

/** The last value of each varint or length-delimited field; throws where the bytes are no protobuf. */
function readFields(body: Buffer): Fields {
  const fields: Fields = new Map();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = body.readUInt8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('varint too long');
  };
  while (at < body.length) {
    const tag = Number(varint());
    if ((tag & 7) === 0) fields.set(tag >>> 3, varint());
    else if ((tag & 7) === 2) {
      const length = Number(varint());
      if (at + length > body.length) throw new RangeError('field cut off');
      fields.set(tag >>> 3, body.subarray(at, at + length));
      at += length;
    } else throw new RangeError('unexpected wire type');
  }
  return fields;
}
