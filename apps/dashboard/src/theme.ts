import { useEffect, useState } from 'preact/hooks';

/** Light or dark, as the system has it, and as it changes. */
export function useTheme(): 'light' | 'dark' {
  return useMedia('(prefers-color-scheme: dark)') ? 'dark' : 'light';
}

/** Whether a media query holds, as it changes. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const follow = (): void => {
      setHolds(media.matches);
    };
    follow();
    media.addEventListener('change', follow);
    return () => {
      media.removeEventListener('change', follow);
    };
  }, [query]);
  return holds;
}
