import { describe, expect, it } from 'vitest';
import { panelHeaders } from './panel-headers';

describe('the headers of the panel', () => {
  const policy = new Map(
    (panelHeaders['Content-Security-Policy'] ?? '').split('; ').map((rule) => {
      const [name = '', ...sources] = rule.split(' ');
      return [name, sources.join(' ')] as const;
    }),
  );

  it('allow nothing but the panel itself, and nothing unsafe', () => {
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('style-src')).toBe("'self'");
    expect(policy.get('connect-src')).toBe("'self'");
    for (const [name, sources] of policy) expect(sources, name).not.toMatch(/unsafe|\*|https?:|blob:|wasm|nonce/);
  });

  it('give no base, form or frame to markup that came in with telemetry', () => {
    for (const name of ['base-uri', 'form-action', 'frame-ancestors']) expect(policy.get(name), name).toBe("'none'");
    // Fall back to default-src: no rule of their own may loosen them.
    for (const name of ['frame-src', 'child-src', 'object-src', 'worker-src', 'script-src-elem', 'script-src-attr']) {
      expect(policy.has(name), name).toBe(false);
    }
  });
});
