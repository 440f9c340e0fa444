import { shellWord } from '../terminal/printed-command.js';

/** What to do about damage in a data folder, as it was named. */
export function damageFix(data: string): string {
  const look = `store doctor --data ${shellWord(data)}`;
  return `Bring the folder back from a copy, or see with \`${look}\` what is damaged and continue with what is sound: \`${look} --repair\`.`;
}
