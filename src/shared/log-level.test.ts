import { expect, test } from 'vitest';
import { LOG_LEVELS, type LogLevel, levelOfSeverity, readLogLevel } from './log-level';

test.each<[string, string]>([
  ['trace', 'trace TRACE Trace trc TRCE t FINEST Verbose VRB V silly TRACE4'],
  ['debug', 'debug DEBUG dbg DBUG D FINE FINER CONFIG DEBUG2 debug5'],
  ['info', 'info INFO inf I Information informational NOTICE notice success INFO3'],
  ['warn', 'warn WARN wrn W warning WARNING Warn2'],
  ['error', 'error ERROR err E SEVERE Severe fail ERROR2'],
  ['critical', 'critical CRITICAL crit CRT C alert ALERT'],
  ['fatal', 'fatal FATAL ftl F emerg EMERGENCY panic DPANIC FATAL4'],
  ['trace', 'TRAC verb SEVERITY_NUMBER_TRACE2 LogLevel.Trace Level.FINEST LevelTrace TraceLevel spam'],
  [
    'debug',
    'DEBU [DEBUG] debug: SEVERITY_NUMBER_DEBUG LOG_DEBUG KERN_DEBUG slog.LevelDebug DEBUG-1 QtDebugMsg log4net_debug',
  ],
  [
    'info',
    '[INFO] <info> "Information" INFO: LOG_NOTICE KERN_INFO LogLevel.Information INFO+2 level=info ok Normal success_audit',
  ],
  [
    'warn',
    '[WRN] |WARN| (warning) LOG_WARNING logging.WARNING SEVERITY_NUMBER_WARN4 WarnLevel E_USER_WARNING minor ⚠️WARN',
  ],
  [
    'error',
    'ERRO [ERROR]: LOG_ERR SEVERITY_NUMBER_ERROR severity_error LogLevel.Error Level.SEVERE zapcore.ErrorLevel ERROR+4 audit-failure E_ERROR exception',
  ],
  ['critical', 'LOG_CRIT LOG_ALERT LogLevel.Critical logging.CRITICAL QtCriticalMsg fault [C]'],
  ['fatal', 'FATA PANI LOG_EMERG SEVERITY_NUMBER_FATAL *FATAL* DPanicLevel wtf KERN_EMERG'],
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

test.each<[string, LogLevel]>([
  ['17', 'error'],
  [' 9 ', 'info'],
  ['3.0', 'error'],
  ['<4>', 'warn'],
  ['Level 30', 'warn'],
  ['\u001b[31mERROR\u001b[0m', 'error'],
  ['\u001b[1;33m WARN \u001b[m', 'warn'],
  ['Audit Failure', 'error'],
])('%j is the level %s', (text, level) => expect(readLogLevel(text, 'severity_text')).toBe(level));

test.each(['high', 'A1', '', '  ', 'errors', '-1', '12345678', 'E2', 'constructor', 'SEVERITY_NUMBER_UNSPECIFIED'])(
  '%j is no level',
  (text) => {
    expect(readLogLevel(text)).toBeUndefined();
  },
);

test.each([
  ...['level', 'severity', 'NOTSET', 'none', 'off', 'no error', 'error in line 3', 'terror', 'DEFAULT', '1.5'],
  ...['errorlevels', `${'['.repeat(90)}error`, 'inform', 'my.error', 'Level'],
])('%j says no level', (text) => expect(readLogLevel(text)).toBeUndefined());

test('a level is read as itself, and every severity is one', () => {
  for (const level of LOG_LEVELS) if (level !== 'unknown') expect(readLogLevel(level)).toBe(level);
  for (let severity = 1; severity <= 24; severity++) expect(LOG_LEVELS).toContain(levelOfSeverity(severity));
  expect(levelOfSeverity(0)).toBe('unknown');
});
