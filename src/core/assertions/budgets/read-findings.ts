import { FindingRule } from '../../../shared/runs/finding';
import type { YamlMapping } from '../yaml/yaml-mapping';
import type { Budget } from './budget';
import { isWhole, notWhole } from './may-hold';

/** `findings: {forbid: all | problems | [rules], allow: [rules or fingerprints]}`. */
export function readFindings(root: YamlMapping): Budget[] {
  const findings = root.mapping('findings');
  if (!findings) return [];
  const forbidden = findings.texts('forbid');
  const allowed = findings.texts('allow');
  findings.end();
  const rules: readonly string[] = FindingRule.options;
  for (const rule of forbidden) {
    if (rule !== 'all' && rule !== 'problems' && !rules.includes(rule))
      findings.report('forbid', `${rule} is no rule; write all, problems, or some of ${rules.join(', ')}`);
  }
  for (const each of allowed) {
    if (!rules.includes(each) && !/^[0-9a-f]{16}$/.test(each))
      findings.report('allow', `${each} is neither a rule nor the fingerprint of a finding`);
  }
  if (forbidden.length === 0) findings.reportWhole('needs forbid');
  return forbidden.map((forbid) => ({
    place: findings.placeOf('forbid'),
    expected: `findings: none${forbid === 'all' ? '' : ` of ${forbid}`}`,
    judge: (telemetry) => {
      const found = telemetry.findings.filter(
        ({ rule, severity, fingerprint }) =>
          (forbid === 'all' || (forbid === 'problems' && severity === 'problem') || forbid === rule) &&
          !allowed.includes(rule) &&
          !allowed.includes(fingerprint),
      );
      if (found.length === 0)
        return isWhole(telemetry, 'findings', 'traces', 'lines') ? null : notWhole(telemetry, 'no such findings');
      const nearest = found.slice(0, 5).map(({ rule, sentence, fingerprint }) => `${rule} ${fingerprint}: ${sentence}`);
      return {
        rule: 'findings',
        message: `${found.length === 1 ? 'there is 1' : `there are ${found.length}`}`,
        nearest,
      };
    },
  }));
}
