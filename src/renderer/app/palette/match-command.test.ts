import { expect, it } from 'vitest';
import { matchCommand } from './match-command';

it('takes for what was typed only what has each of its words, the label before the keywords', () => {
  const scores = ['Import files of telemetry', 'Of imports', 'Reimport', 'Upload', 'Go'].map((label) =>
    matchCommand(label, 'Import', label === 'Upload' ? ['import'] : []),
  );
  expect(scores).toEqual([1, 0.8, 0.5, 0.3, 0]);
  expect(matchCommand('Copy the env block', 'import', ['environment', 'OTEL_EXPORTER_OTLP_ENDPOINT'])).toBe(0);
  expect(matchCommand('Theme: dark', 'dark theme')).toBeGreaterThan(0);
  expect(matchCommand('Theme: dark', '')).toBe(1);
});
