import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../controls/button';
import { IconButton } from '../controls/icon-button';
import { copyText } from './copy-text';

interface CopyButtonProps {
  text: string | (() => string);
  /** Completes "Copy …" and "Copied …": "the trace id". */
  what: string;
  /** Shown beside the icon; without it the button is an icon. */
  label?: string;
  size?: 'sm' | 'md';
  className?: string;
}

const shownMs = 1600;

export function CopyButton({ text, what, label, size = 'sm', className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => setCopied(await copyText(typeof text === 'function' ? text() : text, what));
  const icon = copied ? <Check size={14} className="text-ok" /> : <Copy size={14} />;
  if (label === undefined) {
    return (
      <IconButton label={copied ? `Copied ${what}` : `Copy ${what}`} size={size} className={className} onClick={copy}>
        {icon}
      </IconButton>
    );
  }
  return (
    <Button size={size} className={className} onClick={copy} aria-label={`${label}: copy ${what}`}>
      {icon}
      {copied ? 'Copied' : label}
    </Button>
  );
}
