import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Shell } from '../../shared/contract/snippets';
import { findSnippetLanguage } from './find-snippet-language';
import { quoteForDotenv, quoteForFish, quoteForPosix, quoteForPowerShell } from './quote-for-shell';
import { renderEnv } from './render-env';
import { renderSnippet } from './render-snippet';
import { snippetLanguages } from './snippet-languages';
import type { SnippetTarget } from './snippet-target';

const target: SnippetTarget = {
  serviceName: 'Ann\'s $HOME `shop` "2"',
  protocol: 'grpc',
  otlpGrpc: 'http://127.0.0.1:4317',
  otlpHttp: 'http://127.0.0.1:4318',
};

/** Any text a shell can hold: no NUL. */
const text = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((value) => !value.includes('\0'));
const hostile = fc.string({
  unit: fc.constantFrom("'", '"', '\\', '$', '`', '!', ' ', '\n', 'a', '#', ';', '\u2019', '(', '=', '%'),
  maxLength: 30,
});

describe('quoting', () => {
  it('survives a real POSIX shell whatever the service is called', () => {
    const names = fc.sample(fc.oneof(text, hostile), { numRuns: 400, seed: 7 });
    const script = names.map((name) => `printf '%s\\0' ${quoteForPosix(name) || "''"}`).join('\n');
    const printed = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
    expect(printed.split('\0').slice(0, -1)).toEqual(names);
  });

  it('round-trips through the rules of fish, PowerShell and .env', () => {
    fc.assert(
      fc.property(fc.oneof(text, hostile), (name) => {
        expect(readFish(quoteForFish(name))).toBe(name);
        expect(readPowerShell(quoteForPowerShell(name))).toBe(name);
        expect(readDotenv(quoteForDotenv(name))).toBe(name);
      }),
      { seed: 11 },
    );
  });
});

describe('env blocks', () => {
  it('set the variables when bash reads them', () => {
    const [step] = renderEnv(target, 'bash').steps;
    const folder = mkdtempSync(join(tmpdir(), 'wt-env-'));
    try {
      const script = `${step!.code}\nprintf '%s|%s|%s' "$OTEL_SERVICE_NAME" "$OTEL_EXPORTER_OTLP_ENDPOINT" "$OTEL_EXPORTER_OTLP_PROTOCOL"`;
      const printed = execFileSync('bash', ['-c', script], { encoding: 'utf8', cwd: folder });
      expect(printed).toBe(`${target.serviceName}|http://127.0.0.1:4317|grpc`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are valid JSON for launch.json', () => {
    const [step] = renderEnv({ ...target, protocol: 'http' }, 'launch.json').steps;
    expect(JSON.parse(`{${step!.code}}`)).toEqual({
      env: {
        OTEL_SERVICE_NAME: target.serviceName,
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
        OTEL_METRIC_EXPORT_INTERVAL: '5000',
      },
    });
  });

  it('exist for every shell of the contract', () => {
    for (const shell of Shell.options) expect(renderEnv(target, shell).steps[0]!.code).toContain('OTEL_SERVICE_NAME');
  });
});

describe('snippets', () => {
  it('carry the endpoint of the chosen protocol and the service name, in every language', () => {
    for (const language of snippetLanguages) {
      const { id } = language;
      for (const protocol of ['grpc', 'http'] as const) {
        const code = renderSnippet(language, { ...target, serviceName: 'shop', protocol })
          .steps.map((step) => step.code)
          .join('\n');
        const port = protocol === 'http' || id === 'ruby' || id === 'browser' ? ':4318' : ':4317';
        expect(code, `${id} over ${protocol}`).toContain(port);
        expect(code, id).toContain('shop');
      }
    }
  });

  it('send metrics every few seconds wherever an SDK would wait a minute', () => {
    for (const language of snippetLanguages.filter(({ id }) => id !== 'browser')) {
      const code = renderSnippet(language, target)
        .steps.map((step) => step.code)
        .join('\n');
      const interval = /OTEL_METRIC_EXPORT_INTERVAL[^0-9]+(\d+)/.exec(code)?.[1];
      expect(Number(interval), language.id).toBeLessThanOrEqual(10_000);
    }
  });

  it('keep a hostile service name inside its string', () => {
    const found = findSnippetLanguage('browser');
    if ('problem' in found) throw new Error(found.problem.message);
    const code = renderSnippet(found.language, { ...target, serviceName: '" }); alert(1); ({ "' }).steps[1]!.code;
    expect(code).toContain(String.raw`'service.name': "\" }); alert(1); ({ \""`);
  });
});

function readFish(quoted: string): string {
  return quoted.startsWith("'") ? quoted.slice(1, -1).replace(/\\(['\\])/g, '$1') : quoted;
}

function readPowerShell(quoted: string): string {
  return quoted.slice(1, -1).replace(/(['\u2018\u2019\u201a\u201b])\1/g, '$1');
}

function readDotenv(quoted: string): string {
  if (quoted.startsWith("'")) return quoted.slice(1, -1);
  if (!quoted.startsWith('"')) return quoted;
  const escapes: Record<string, string> = { n: '\n', r: '\r' };
  return quoted.slice(1, -1).replace(/\\(.)/g, (_all, character: string) => escapes[character] ?? character);
}
