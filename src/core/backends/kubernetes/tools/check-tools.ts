import type { Failure } from './failure';
import { installHint } from './install-hints';
import type { Tool } from './run-tool';
import type { Session } from './session';

interface ToolFacts {
  args: readonly string[];
  /** Oldest that serves: major, minor. */
  least: readonly [number, number];
  why: string;
}

const facts: Record<Tool, ToolFacts> = {
  docker: { args: ['--version'], least: [20, 10], why: 'kind needs its engine API' },
  kind: { args: ['version'], least: [0, 33], why: 'the pinned node image was made for it' },
  kubectl: { args: ['version', '--client', '--output=json'], least: [1, 33], why: 'the cluster runs Kubernetes 1.37' },
  helm: { args: ['version', '--short'], least: [3, 14], why: 'the charts use what came with it' },
};

/** One sentence for each tool that is missing or too old, with the way to get it; null when all serve. */
export async function checkTools(session: Session, tools: readonly Tool[]): Promise<Failure | null> {
  const found = await Promise.all(tools.map((tool) => checkTool(session, tool)));
  const failures = found.filter((failure) => failure !== null);
  if (failures.length === 0) return null;
  return {
    message: failures.map(({ message }) => message).join(' '),
    hint: failures.map(({ hint }) => hint).join('\n'),
  };
}

async function checkTool({ run, platform }: Session, tool: Tool): Promise<Failure | null> {
  const { args, least, why } = facts[tool];
  const { code, stdout, stderr } = await run(tool, args);
  if (code === 127) return { message: `${tool} is not installed.`, hint: installHint(tool, platform) };
  const version = /(\d+)\.(\d+)(?:\.\d+)?/.exec(gitVersion(stdout));
  if (code !== 0 || !version) {
    return {
      message: `${tool} does not tell its version (${[tool, ...args].join(' ')}).`,
      hint: installHint(tool, platform),
      details: `${stdout}${stderr}`,
    };
  }
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major > least[0] || (major === least[0] && minor >= least[1])) return null;
  return {
    message: `${tool} ${version[0]} is too old: ${least.join('.')} or newer is needed, because ${why}.`,
    hint: installHint(tool, platform).replace('Install it.', 'Update it.'),
  };
}

/** kubectl answers in JSON with several versions, of which this one counts. */
function gitVersion(stdout: string): string {
  return /"gitVersion": *"([^"]+)"/.exec(stdout)?.[1] ?? stdout;
}
