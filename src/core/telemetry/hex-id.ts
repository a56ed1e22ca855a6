/** Ids are 8 or 16 bytes: 16 or 32 hex digits are hex already, anything else is base64. */
export function hexId(id: string | undefined): string {
  if (!id) return '';
  return /^(?:[0-9a-f]{16}|[0-9a-f]{32})$/i.test(id) ? id.toLowerCase() : Buffer.from(id, 'base64').toString('hex');
}
