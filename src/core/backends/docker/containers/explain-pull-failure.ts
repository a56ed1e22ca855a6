import type { Problem } from '../../../../shared/problem';
import type { ProblemKind } from '../../../../shared/problem-kinds';
import type { EngineFailure } from './container-engine';

interface Cause {
  kind: ProblemKind;
  /** Against the engine's words, which are the registry's with a wrapping of their own. */
  words: RegExp;
  message(image: string, words: string): string;
  hint(image: string, words: string): string;
}

const mirrorHint = 'name an image of a registry that you can reach in WATCHTOWER_IMAGE_…';

/** The first that fits is taken: the narrower stand before the wider. */
const causes: readonly Cause[] = [
  {
    kind: 'pull-rate-limited',
    words: /toomanyrequests|too many requests|\b429\b|rate limit/i,
    message: (image) => `${registryOf(image)} allows no more pulls for now (429).`,
    hint: (image) => `It is tried again by itself. Signing in raises the limit: docker login ${registryOf(image)}.`,
  },
  {
    kind: 'pull-wrong-architecture',
    words: /no matching manifest|no match for platform|does not match the (specified|detected) (host )?platform/i,
    message: (image) => `There is no ${image} for the processors of this engine.`,
    hint: () => `Name an image for them in WATCHTOWER_IMAGE_….`,
  },
  {
    kind: 'pull-untrusted-registry',
    words: /x509|certificate|tls: |server gave HTTP response to HTTPS client/i,
    message: (image, words) => {
      const issuer = issuerOf(words);
      return `The engine does not trust the certificate of ${registryOf(image)}${issuer && `, issued by ${issuer}`}.`;
    },
    hint: () =>
      'Where a proxy of your network stands between, give its CA certificate to the container engine and start it anew.',
  },
  {
    kind: 'pull-unauthorized',
    words: /unauthorized|authentication required|no basic auth credentials|pull access denied|denied: |\b40[13]\b/i,
    message: (image) => `${registryOf(image)} refuses ${image} without signing in, or there is no such image.`,
    hint: (image) =>
      `Pull it once yourself (docker login ${registryOf(image)}, docker pull ${image}), or ${mirrorHint}.`,
  },
  {
    kind: 'pull-not-found',
    words: /manifest unknown|not found|name unknown|\b404\b/i,
    message: (image) => `${registryOf(image)} has no ${image}.`,
    hint: () => 'Check the name and the tag, also those in WATCHTOWER_IMAGE_….',
  },
  {
    kind: 'pull-no-space',
    words: /no space left on device/i,
    message: (image) => `The engine's disk is full: ${image} does not fit.`,
    hint: () => 'Make room, for instance with docker system prune, and start again.',
  },
  {
    kind: 'pull-unreachable-registry',
    words:
      /no such host|dial tcp|connection refused|network is unreachable|i\/o timeout|Client\.Timeout|context deadline|TLS handshake timeout|proxyconnect|temporary failure in name resolution/i,
    message: (image) => `The engine cannot reach ${registryOf(image)}.`,
    hint: () =>
      `Check the network and the engine's proxy settings, or ${mirrorHint}. Images that are present need no network.`,
  },
  {
    kind: 'pull-cut',
    words:
      /unexpected EOF|\bEOF\b|connection reset|broken pipe|download failed|filesystem layer verification failed|short read/i,
    message: (image) => `The pull of ${image} was cut off by ${registryOf(image)}.`,
    hint: () => 'It is tried again; layers that came whole are kept.',
  },
  {
    kind: 'pull-stalled',
    words: /stalled/i,
    message: (image) => `The pull of ${image} stalled: ${registryOf(image)} sends nothing more.`,
    hint: () => 'It is tried again; layers that came whole are kept.',
  },
  {
    kind: 'pull-registry-failed',
    words: /\b50\d\b|internal server error|service unavailable|bad gateway|received unexpected HTTP status|unknown: /i,
    message: (image) => `${registryOf(image)} failed while it was asked for ${image}.`,
    hint: () => 'The fault is on its side; it is tried again.',
  },
];

/** Why an image could not be pulled, and what to do. `details` holds the engine's own words without credentials. */
export function explainPullFailure(image: string, failure: EngineFailure): Problem {
  const words = hideCredentials(failure.message);
  const cause = causes.find((each) => each.words.test(words));
  if (cause) {
    const { kind, message, hint } = cause;
    return { kind, message: message(image, words), hint: hint(image, words), details: words };
  }
  if (failure.status === 0) {
    return {
      kind: 'engine-unreachable',
      message: `The container engine was lost while it pulled ${image}.`,
      hint: 'It goes on once the engine answers again.',
      details: words,
    };
  }
  return {
    kind: 'pull-failed',
    message: `${image} could not be pulled.`,
    hint: `Try docker pull ${image} to see more, or ${mirrorHint}.`,
    details: words,
  };
}

/** `docker.io` for a name without a host. */
export function registryOf(image: string): string {
  const [first = '', ...rest] = image.split('/');
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : 'docker.io';
}

/** Go's messages name the issuer only at times: `… candidate authority certificate "Corp Root CA"`, `issuer: CN=…`. */
function issuerOf(words: string): string {
  const [, quoted, plain] =
    /authority certificate "([^"]+)"|issue[rd](?: by)?:? (?:name )?"?([^",)]+)/i.exec(words) ?? [];
  return (quoted ?? plain ?? '').trim();
}

function hideCredentials(words: string): string {
  return words
    .replace(/\/\/[^/\s@]+@/g, '//***@')
    .replace(/([?&](?:token|sig|signature|access_token|X-Amz-[A-Za-z]+)=)[^&\s"]+/gi, '$1***');
}
