/** Names of techniques that end in digits. */
const known = new Set(
  (
    'sha1 sha2 sha3 sha224 sha256 sha384 sha512 md5 base32 base36 base58 base62 base64 utf8 utf16 utf32 latin1 iso8859 x86 x64 arm64 amd64 ' +
    'aes128 aes192 aes256 ed25519 x509 oauth2 http2 http3 ipv4 ipv6 log4j log4j2 k8s i18n l10n a11y e2e p50 p90 p95 p99 int8 int16 int32 ' +
    'int64 uint8 uint16 uint32 uint64 float32 float64 i32 i64 u32 u64 f32 f64 s3 ec2 h2 web3 mp3 mp4 sqlite3 psycopg2 psycopg3 urllib3 ' +
    'boto3 vue3 es6 es2015 win32 neo4j crc32 murmur3 route53 db2 grpc2 tls12 tls13'
  ).split(' '),
);
const number = /^\p{N}+(?:\.\p{N}+)?(?:e\d{1,3})?$/u;
/** `12.4ms`, `10KiB`, `3x`, `20th`. */
const numberWithUnit = /^\d+(?:\.\d+)?(?:ns|us|µs|μs|ms|s|m|min|h|d|[kmgt]?i?b|x|th|st|nd|rd)$/i;
const hexNumber = /^0x[0-9a-f]+$/i;
const hex = /^[0-9a-f]+$/i;
/** `user123`, `worker-12`: a word and which one of them. */
const numberedWord = /^\p{L}+\d{2,}$/u;

/** Whether a word of letters and digits is the value of something, rather than a name that somebody gave. */
export function isValueWord(word: string): boolean {
  const digits = countDigits(word);
  if (digits === 0) return false;
  if (number.test(word) || numberWithUnit.test(word) || hexNumber.test(word)) return true;
  if (isName(word)) return false;
  if (word.length >= 6 && hex.test(word) && digits < word.length) return true;
  if (numberedWord.test(word)) return true;
  // Random ids mix letters and digits all along; names have a digit here and there.
  return digits >= 2 && word.length >= 6 && digits / word.length >= 0.15 && changes(word) >= 3;
}

/** Whether a word with digits is a name that somebody gave: of a technique, a version. */
export function isName(word: string): boolean {
  return known.has(word.toLowerCase()) || /^v\d{1,3}$/i.test(word);
}

function countDigits(word: string): number {
  let count = 0;
  for (const character of word) if (/\p{N}/u.test(character)) count++;
  return count;
}

/** How often letters and digits take turns. */
function changes(word: string): number {
  let count = 0;
  for (let at = 1; at < word.length; at++) if (isDigit(word, at) !== isDigit(word, at - 1)) count++;
  return count;
}

function isDigit(word: string, at: number): boolean {
  const code = word.charCodeAt(at);
  return code >= 48 && code <= 57;
}
