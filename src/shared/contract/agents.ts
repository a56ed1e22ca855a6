import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { AgentId } from '../agents/agents';
import { Problem } from '../problem';

/** One thing that setting up an agent writes, or that taking it out removes. */
const SetupChange = z.object({
  /** Agents that read the file; several share `AGENTS.md`. */
  agents: z.array(AgentId).min(1),
  /** `mcp`: the server's entry · `rules`: what the agent is told · `hooks`: what it calls · `telemetry`: where it sends to. */
  part: z.enum(['mcp', 'rules', 'hooks', 'telemetry']),
  /** Absolute. */
  path: z.string(),
  /** The same with `~` for the home, or from the repository's folder on. */
  shown: z.string(),
  action: z.enum(['create', 'change', 'delete', 'none']),
  /** Unified diff of the whole file; empty where nothing changes. */
  diff: z.string(),
  /** Why it is left as it is: the file cannot be read as what it should be, or a person's own words stand there. */
  problem: Problem.optional(),
});
export type SetupChange = z.infer<typeof SetupChange>;

export const SetupPlan = z.object({
  /** The repository's folder; what is not in the home is written there. */
  folder: z.string(),
  changes: z.array(SetupChange),
  /** What a person has to know or do: sentences. */
  notes: z.array(z.string()),
});
export type SetupPlan = z.infer<typeof SetupPlan>;

export const AgentTelemetry = z.object({
  agent: AgentId,
  /** `elsewhere`: it sends, but not here. `unreadable`: its file is not what it should be (`problem`). */
  state: z.enum(['on', 'off', 'elsewhere', 'unreadable']),
  /** Prompts and what tools say are sent, too. */
  content: z.boolean(),
  /** Of the file that says so, as `shown` of a change. */
  shown: z.string(),
  /** Where it sends to; missing where it is off. */
  endpoint: z.string().optional(),
  /** Settings that stand above the user's and win: the file, and what it sets. */
  managed: z.array(z.object({ shown: z.string(), keys: z.array(z.string()) })),
  /** What a person has to know or do: sentences. */
  notes: z.array(z.string()),
  problem: Problem.optional(),
});
export type AgentTelemetry = z.infer<typeof AgentTelemetry>;

export const AgentSetup = z.object({
  id: AgentId,
  title: z.string(),
  /** What of it was seen, on this machine and in the repository: `~/.claude`, `.cursor`. None: it is not here. */
  found: z.array(z.string()),
  /** `none`: nothing of ours is there · `part`: some of it, or of another version · `full`. */
  setUp: z.enum(['none', 'part', 'full']),
  /** What setting it up would change now, and what it has written already (`action` is `none`). */
  changes: z.array(SetupChange),
  /** What the rules cost a session before anything is asked: tokens, about. */
  tokens: z.number(),
  notes: z.array(z.string()),
  /** Null where the agent sends nothing about itself. */
  telemetry: AgentTelemetry.nullable(),
});
export type AgentSetup = z.infer<typeof AgentSetup>;

/** A program that asks over MCP, as it names itself. */
export const McpClient = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  agent: AgentId.nullable(),
  transport: z.enum(['stdio', 'http']),
  /** Where it was started; missing over HTTP. */
  folder: z.string().optional(),
  connected: z.boolean(),
  /** Unix milliseconds. */
  since: z.number(),
  /** Unix milliseconds; null before it asked anything. */
  lastAskedAt: z.number().nullable(),
  /** The tool that was asked last. */
  lastTool: z.string().optional(),
  asked: z.number(),
});
export type McpClient = z.infer<typeof McpClient>;

export const McpClientInfo = McpClient.pick({ name: true, version: true, transport: true, folder: true });
export type McpClientInfo = z.infer<typeof McpClientInfo>;

/** `data` says why, and what to do. */
const call = oc.errors({ AGENT: { status: 409, message: 'This could not be done.', data: Problem } });
const folder = z.string().min(1).max(4096);
const chosen = z.object({ folder, agents: z.array(AgentId).max(20) });

export const agents = {
  /** Folders of repositories where somebody may want an agent set up: those of the newest runs. */
  folders: oc.output(z.array(z.string())),
  /** Each agent with what is there of it; `folder` is one in a repository. */
  list: call.input(z.object({ folder })).output(z.object({ folder: z.string(), agents: z.array(AgentSetup) })),
  /** Sets agents up; `dryRun` says what would change. What a file says of its own stays. */
  init: call.input(chosen.extend({ dryRun: z.boolean().default(false) })).output(SetupPlan),
  /** Takes out what `init` wrote, and that alone. */
  remove: call.input(chosen.extend({ dryRun: z.boolean().default(false) })).output(SetupPlan),
  /** Switches what an agent sends about itself; `content` asks for prompts and what tools say as well. */
  switchTelemetry: call
    .input(
      z.object({
        agent: AgentId,
        on: z.boolean(),
        content: z.boolean().default(false),
        dryRun: z.boolean().default(false),
      }),
    )
    .output(z.object({ telemetry: AgentTelemetry, changes: z.array(SetupChange) })),
  /** Programs that ask over MCP, now or earlier in this run of the host: the newest first. Every change. */
  clients: oc.output(eventIterator(z.object({ clients: z.array(McpClient) }))),
  /** A client is connected for as long as this feed is open; it tells the id once. */
  attend: oc.input(McpClientInfo).output(eventIterator(z.object({ id: z.string() }))),
  /** The client asked a tool. One that is not known is passed over. */
  asked: oc.input(z.object({ id: z.string(), tool: z.string().max(100) })).output(z.object({ known: z.boolean() })),
};
