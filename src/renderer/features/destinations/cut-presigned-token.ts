const presigned = /^(https?:\/\/[^/?#]+\/receiver\/v1\/otlp)\/([^/?#]+)/i;

/** A presigned URL of Sumo Logic without its token, and the token; null for any other text. */
export function cutPresignedToken(text: string): { endpoint: string; token: string } | null {
  const match = presigned.exec(text.trim());
  // `/v1/traces` and its like behind the base URL belong to no token.
  if (!match || match[2]!.toLowerCase() === 'v1') return null;
  return { endpoint: match[1]!, token: decode(match[2]!) };
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
