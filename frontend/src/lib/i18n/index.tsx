'use client';

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { en } from './en';

export type Words = keyof typeof en;
export type Catalogue = Partial<Record<Words, string>>;
export type Translate = (key: Words, values?: Record<string, string | number>) => string;

/** English is complete; a language that is begun shows English where it has no words yet. */
export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr', load: async (): Promise<Catalogue> => en },
  es: { name: 'Español', direction: 'ltr', load: async (): Promise<Catalogue> => (await import('./es')).es },
  ur: { name: 'اردو', direction: 'rtl', load: async (): Promise<Catalogue> => (await import('./ur')).ur },
} as const;

export type Language = keyof typeof LANGUAGES;
const KEPT = 'onhand-language';

export function fill(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

const isLanguage = (value: string | null | undefined): value is Language =>
  value != null && value in LANGUAGES;

type Spoken = { language: Language; speak: (language: Language) => void; t: Translate; locale: string };
const Context = createContext<Spoken | null>(null);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>('en');
  const [words, setWords] = useState<Catalogue>(en);
  const [locale, setLocale] = useState('en');

  const show = useCallback(async (next: Language) => {
    setWords(await LANGUAGES[next].load());
    setLanguage(next);
    document.documentElement.lang = next;
    document.documentElement.dir = LANGUAGES[next].direction;
    // A reader of English in Pakistan writes numbers as Pakistan does.
    setLocale(navigator.languages.find((one) => one === next || one.startsWith(`${next}-`)) ?? next);
  }, []);

  useEffect(() => {
    const kept = window.localStorage.getItem(KEPT);
    const wanted = [kept, ...navigator.languages.map((one) => one.split('-')[0])].find(isLanguage);
    void show(wanted ?? 'en');
  }, [show]);

  const speak = useCallback(
    (next: Language) => {
      window.localStorage.setItem(KEPT, next);
      void show(next);
    },
    [show],
  );

  const t = useCallback<Translate>(
    (key, values) => {
      const text = fill(words[key] ?? en[key], values);
      // An English sentence among Urdu ones keeps its full stop at its own end.
      const isForeign = words[key] === undefined && LANGUAGES[language].direction === 'rtl';
      return isForeign ? `\u2066${text}\u2069` : text;
    },
    [words, language],
  );
  const value = useMemo(() => ({ language, speak, t, locale }), [language, speak, t, locale]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useLanguage(): Spoken {
  const spoken = useContext(Context);
  if (!spoken) throw new Error('A screen stands outside of LanguageProvider.');
  return spoken;
}

export const useT = (): Translate => useLanguage().t;
