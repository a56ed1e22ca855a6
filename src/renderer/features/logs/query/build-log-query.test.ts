import { describe, expect, it } from 'vitest';
import { buildLogQuery } from './build-log-query';

describe('buildLogQuery', () => {
  it('selects every line without filters', () => {
    expect(buildLogQuery({})).toBe('{service_name=~".+"}');
  });

  it('puts service, text and level at their places', () => {
    expect(buildLogQuery({ service: 'shop', level: 'error', text: 'card' })).toBe(
      '{service_name="shop"} |= "card" | detected_level="error"',
    );
  });

  it('takes a level and all that are worse', () => {
    expect(buildLogQuery({ level: 'warn+' })).toBe(
      '{service_name=~".+"} | detected_level=~"fatal|critical|error|warn"',
    );
    expect(buildLogQuery({ level: 'fatal+' })).toBe('{service_name=~".+"} | detected_level="fatal"');
    expect(buildLogQuery({ level: 'odd+' })).toBe('{service_name=~".+"} | detected_level="odd+"');
  });

  it('quotes what would end the string', () => {
    expect(buildLogQuery({ text: 'say "hi" \\ bye' })).toBe('{service_name=~".+"} |= "say \\"hi\\" \\\\ bye"');
  });
});
