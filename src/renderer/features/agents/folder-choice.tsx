import { useEffect, useId, useState } from 'react';
import { Button } from '../../ui/controls/button';
import { Input } from '../../ui/controls/input';

interface FolderChoiceProps {
  folder: string;
  /** Those of the newest runs. */
  known: readonly string[];
  onChoose: (folder: string) => void;
}

/** For which repository agents are set up: a folder on the machine that Watchtower runs on. */
export function FolderChoice({ folder, known, onChoose }: FolderChoiceProps) {
  const [text, setText] = useState(folder);
  const list = useId();
  useEffect(() => setText(folder), [folder]);
  const changed = text.trim() !== '' && text.trim() !== folder;
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) onChoose(text.trim());
      }}
    >
      <label htmlFor={`${list}-input`} className="shrink-0 text-sm font-semibold">
        Repository
      </label>
      <Input
        mono
        id={`${list}-input`}
        list={list}
        className="min-w-0 max-w-[44rem] flex-1"
        placeholder="/home/me/shop"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <datalist id={list}>
        {known.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <Button type="submit" disabled={!changed}>
        Look there
      </Button>
    </form>
  );
}
