/** Shapes that are secret whoever wrote them; the named group is what is shown of them. */
const shapes: readonly RegExp[] = [
  // Presigned URLs of Sumo Logic; `/v1/traces` of the header form is no token.
  /(?<shown>\/receiver\/v1\/(?:otlp|http)\/)(?!v1\/)[^/\s"'?#<>\\]+/gi,
  /(?<shown>\bx-sumo-token["']?\s*[:=]\s*["']?)[^\s"',]+/gi,
  /(?<shown>\bauthorization["']?\s*[:=]\s*["']?(?:basic |bearer )?)[^\s"',]+/gi,
  /(?<shown>\b(?:basic|bearer)\s+)[A-Za-z0-9+/=._~-]{8,}/gi,
  /(?<shown>\bglc_|\bglsa_)[A-Za-z0-9+/=_-]+/g,
  // Passwords in URLs.
  /(?<shown>:\/\/[^/\s:@]*:)[^/\s@]+(?=@)/g,
];
const mask = '***';
/** A shorter one would tear holes into words; no service gives such tokens. */
const shortestSecret = 4;

/** Text for eyes and logs: known secrets, in clear or as URLs, JSON and base64 write them, and shapes of secrets become `***`. */
export function maskSecrets(text: string, known: Iterable<string> = []): string {
  let masked = text;
  for (const form of formsOf(known)) masked = masked.replaceAll(form, mask);
  for (const shape of shapes) masked = masked.replace(shape, `$<shown>${mask}`);
  return masked;
}

/** Longest first, so that a secret inside of another one does not leave the rest of it. */
function formsOf(known: Iterable<string>): string[] {
  const forms = new Set<string>();
  for (const secret of known) {
    if (secret.length < shortestSecret) continue;
    forms.add(secret);
    forms.add(encodeURIComponent(secret));
    forms.add(JSON.stringify(secret).slice(1, -1));
    forms.add(Buffer.from(secret).toString('base64'));
  }
  return [...forms].sort((a, b) => b.length - a.length);
}
