import type { BodyFailure } from './body-failure';

/** How a body is compressed. `deflate` is zlib's format, and raw deflate from those who read the name literally. */
export type Encoding = 'identity' | 'gzip' | 'deflate' | 'zstd' | 'snappy';

/** By the names that senders use; those of the Collector's `compression` setting are all there but lz4. */
const NAMES: Readonly<Record<string, Encoding>> = {
  '': 'identity',
  identity: 'identity',
  none: 'identity',
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
  zlib: 'deflate',
  zstd: 'zstd',
  snappy: 'snappy',
  'x-snappy-framed': 'snappy',
};

const MAX_NAME = 40;
const ACCEPTED_ENCODINGS = 'gzip, deflate, zlib, zstd, snappy, x-snappy-framed, identity';

/** The encoding that a `Content-Encoding` or `grpc-encoding` names. */
export function readEncoding(header: string | undefined): Encoding | BodyFailure {
  const names = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((each) => each.trim());
  // `identity` changes nothing in a list.
  const name = names.filter((each) => each !== '' && each !== 'identity').join(', ');
  if (Object.hasOwn(NAMES, name)) return NAMES[name]!;
  return {
    kind: 'unknown-encoding',
    message: `the encoding ${JSON.stringify(name.slice(0, MAX_NAME))} is not supported; send one of ${ACCEPTED_ENCODINGS}`,
  };
}
