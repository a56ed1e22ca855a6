import { expect, test } from 'vitest';
import { LOG_LEVELS, levelOfSeverity, readLogLevel } from './log-level';

test.each<[string, string]>([
  ['trace', 'trace TRACE Trace trc TRCE t FINEST Verbose VRB V silly TRACE4'],
  ['debug', 'debug DEBUG dbg DBUG D FINE FINER CONFIG DEBUG2 debug5'],
  ['info', 'info INFO inf I Information informational NOTICE notice success INFO3'],
  ['warn', 'warn WARN wrn W warning WARNING Warn2'],
  ['error', 'error ERROR err E SEVERE Severe fail ERROR2'],
  ['critical', 'critical CRITICAL crit CRT C alert ALERT'],
  ['fatal', 'fatal FATAL ftl F emerg EMERGENCY panic DPANIC FATAL4'],
])('%s is spelled %s', (level, words) => {
  for (const word of words.split(' ')) expect([word, readLogLevel(word)]).toEqual([word, level]);
});

test.each<[string, string, string]>([
  ['syslog', 'PRIORITY', '0 fatal, 1 critical, 2 critical, 3 error, 4 warn, 5 info, 6 info, 7 debug'],
  ['pino and bunyan', 'level', '10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal'],
  ['Log4j 2', 'level', '100 fatal, 200 error, 300 warn, 400 info, 500 debug, 600 trace'],
  ['Logback', 'level_value', '5000 trace, 10000 debug, 20000 info, 30000 warn, 40000 error'],
  ['java.util.logging', 'level', '700 debug, 800 info, 900 warn, 1000 error'],
  ['Python', 'levelno', '10 debug, 20 info, 30 warn, 40 error, 50 critical'],
  ['Application Insights', 'severityLevel', '0 trace, 1 info, 2 warn, 3 error, 4 critical'],
  [
    'OpenTelemetry',
    'severityNumber',
    '1 trace, 4 trace, 5 debug, 9 info, 10 info, 13 warn, 17 error, 20 error, 24 fatal',
  ],
])('numbers of %s under %s are %s', (_, field, pairs) => {
  for (const pair of pairs.split(', ')) {
    const [number, level] = pair.split(' ') as [string, string];
    expect([number, readLogLevel(number, field)]).toEqual([number, level]);
  }
});

test.each(['high', 'A1', '', '  ', 'errors', '-1', '12345678', 'E2', 'constructor'])('%j is no level', (text) => {
  expect(readLogLevel(text)).toBeUndefined();
});

test('a level is read as itself, and every severity is one', () => {
  for (const level of LOG_LEVELS) if (level !== 'unknown') expect(readLogLevel(level)).toBe(level);
  for (let severity = 1; severity <= 24; severity++) expect(LOG_LEVELS).toContain(levelOfSeverity(severity));
  expect(levelOfSeverity(0)).toBe('unknown');
});
