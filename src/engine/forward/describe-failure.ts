const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was closed',
  EPIPE: 'the connection was closed',
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name cannot be looked up now',
  ETIMEDOUT: 'no connection in time',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  EPROTO: 'it does not speak TLS as it should; is the address one of http:// ?',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS; is the address one of http:// ?',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS; is the address one of http:// ?',
  HPE_INVALID_CONSTANT: 'it does not answer in HTTP; is the address one of https:// ?',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an authority that is not trusted here',
};

/** A network error in words, with the host and nothing else of the address. */
export function describeFailure(error: NodeJS.ErrnoException, { host }: URL): string {
  const code = error.code ?? '';
  return `${host}: ${WORDS[code] ?? (code || error.message)}`;
}
