'use client';

import { useDirection } from '@mantine/core';
import { useEffect } from 'react';
import { LANGUAGES, useLanguage } from '@/lib/i18n';

/** Mantine mirrors what it draws when the language is written from right to left. */
export function FollowDirection() {
  const { language } = useLanguage();
  const { setDirection } = useDirection();
  useEffect(() => setDirection(LANGUAGES[language].direction), [language, setDirection]);
  return null;
}
