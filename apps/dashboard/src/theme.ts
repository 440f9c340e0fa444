import { useEffect, useState } from 'preact/hooks';

/** Light or dark, as the system has it, and as it changes. */
export function useTheme(): 'light' | 'dark' {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const media = matchMedia('(prefers-color-scheme: dark)');
    const follow = (): void => {
      setDark(media.matches);
    };
    media.addEventListener('change', follow);
    return () => {
      media.removeEventListener('change', follow);
    };
  }, []);
  return dark ? 'dark' : 'light';
}
