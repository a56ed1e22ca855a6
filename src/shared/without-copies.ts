import type { KeptAt } from './contract/host';

/** What is true of the telemetry while no destination is switched on: in a title, and in a sentence. */
export function withoutCopies({ here, where }: KeptAt): { title: string; note: string } {
  return here
    ? { title: 'Nothing leaves this machine', note: 'What arrives is kept here and goes nowhere else.' }
    : { title: 'No copy goes to a destination', note: `What apps send is kept ${where}, and nowhere else from here.` };
}
