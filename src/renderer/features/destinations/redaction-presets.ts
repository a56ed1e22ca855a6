import type { RedactionRule } from '../../../shared/contract/destinations';

export interface RedactionPreset {
  title: string;
  rule: RedactionRule;
}

/** Rules that many people want first. A digest still tells two values apart: that is why addresses and ids are hashed. */
export const redactionPresets: readonly RedactionPreset[] = [
  {
    title: 'E-mail addresses, everywhere',
    rule: {
      action: 'mask',
      values: '(?i)[a-z0-9._%+-]+@[a-z0-9-]+(?:\\.[a-z0-9-]+)+',
      replacement: '***',
      enabled: true,
    },
  },
  {
    title: 'Authorization and cookie headers',
    rule: {
      action: 'drop',
      keys: '(?i)http\\.(?:request|response)\\.header\\.(?:(?:proxy-)?authorization|(?:set-)?cookie|x-api-key)',
      enabled: true,
    },
  },
  {
    title: 'Bearer tokens, everywhere',
    rule: { action: 'mask', values: '(?i)\\bbearer\\s+[a-z0-9._~+/=-]+', replacement: 'Bearer ***', enabled: true },
  },
  {
    title: 'Passwords and keys by their name',
    rule: { action: 'drop', keys: '(?i).*(?:passw(?:or)?d|secret|api[._-]?key|access[._-]?token).*', enabled: true },
  },
  {
    title: 'Card numbers, everywhere',
    rule: {
      action: 'mask',
      // The first digits are those of the card networks: times in milliseconds and nanoseconds begin otherwise.
      values:
        '\\b(?:4\\d{3}|5[1-5]\\d{2}|2[2-7]\\d{2}|6(?:011|5\\d{2})|3[47]\\d{2})[ -]?\\d{4,6}[ -]?\\d{4,5}(?:[ -]?\\d{1,4})?\\b',
      replacement: '****',
      enabled: true,
    },
  },
  {
    title: 'Client addresses',
    rule: {
      action: 'hash',
      keys: 'client\\.address|network\\.peer\\.address|http\\.client_ip|net\\.(?:sock\\.)?peer\\.(?:ip|addr)',
      enabled: true,
    },
  },
  { title: 'User ids', rule: { action: 'hash', keys: 'user\\.id|enduser\\.id', enabled: true } },
];
