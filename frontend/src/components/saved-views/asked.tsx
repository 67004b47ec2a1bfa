'use client';

import { Skeleton } from '@mantine/core';
import dynamic from 'next/dynamic';

/** The views one keeps, fetched after what the screen is for. */
export const SavedViews = dynamic(() => import('.').then((file) => file.SavedViews), {
  ssr: false,
  loading: () => <Skeleton height={36} width={104} />,
});
