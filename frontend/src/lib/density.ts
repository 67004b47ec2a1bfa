'use client';

import { useLocalStorage } from '@mantine/hooks';
import { useEffect } from 'react';

export type Density = 'comfortable' | 'compact';

/** How close rows stand, kept on this device. */
export const useDensity = () =>
  useLocalStorage<Density>({
    key: 'onhand-density',
    defaultValue: 'comfortable',
    getInitialValueInEffect: false,
  });

/** Tells the stylesheets. */
export function useShowDensity(): void {
  const [density] = useDensity();
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
}
