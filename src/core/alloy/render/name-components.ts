/** Where Alloy reads its configuration and the secrets that the configuration names. */
export const alloyPaths = {
  config: '/etc/alloy/config.alloy',
  /** Beside it, for `alloy validate`; Alloy itself never reads it. */
  candidate: '/etc/alloy/candidate/config.alloy',
  secrets: '/etc/alloy/secrets',
} as const;

/** First component behind the receivers. */
export const guardInput = 'otelcol.processor.memory_limiter.guard.input';

/**
 * Label of a destination's components: letters, digits and underscores, different for different ids. What is no
 * lower-case letter or digit becomes `_` and its code point in hex and `_`.
 */
export function componentLabel(destinationId: string): string {
  return `cloud_${destinationId.replace(/[^a-z0-9]/gu, (character) => `_${character.codePointAt(0)?.toString(16)}_`)}`;
}

export function exporterId(destinationId: string): string {
  return `otelcol.exporter.otlphttp.${componentLabel(destinationId)}`;
}

/** `index` counts the destination's headers. */
export function secretPath(destinationId: string, index: number): string {
  return `${alloyPaths.secrets}/${componentLabel(destinationId)}_${index}`;
}
