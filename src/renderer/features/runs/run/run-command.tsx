import { ChevronDown, ChevronUp } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../../ui/controls/icon-button';
import { CopyButton } from '../../../ui/text/copy-button';

/** Shorter ones stand on a line of the narrowest window. */
const short = 90;
const keptEnd = 24;

/** What ran, on one line: of a long command, such as a script on the command line, the middle is cut until the whole is asked for. */
export function RunCommand({ command }: { command: string }) {
  const [whole, setWhole] = useState(false);
  const isLong = command.length > short || command.includes('\n');
  return (
    <>
      {!isLong ? (
        <code className="min-w-0 font-mono text-xs wrap-anywhere">{command}</code>
      ) : whole ? (
        <code className="max-h-60 min-w-0 overflow-auto font-mono text-xs wrap-anywhere whitespace-pre-wrap">
          {command}
        </code>
      ) : (
        <code className="flex min-w-0 font-mono text-xs">
          <span className="truncate">{command.slice(0, -keptEnd)}</span>
          <span className="shrink-0 whitespace-pre">{command.slice(-keptEnd).replaceAll('\n', ' ')}</span>
        </code>
      )}
      {isLong && (
        <IconButton
          label={whole ? 'Show the command on one line' : 'Show the whole command'}
          size="sm"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {whole ? <ChevronUp size={14} /> : <ChevronDown size={14} />}
        </IconButton>
      )}
      <CopyButton text={command} what="the command" />
    </>
  );
}
