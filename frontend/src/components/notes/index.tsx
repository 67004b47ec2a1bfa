'use client';

import { useNotifications } from '@mantine/notifications';
import dynamic from 'next/dynamic';
import { useState } from 'react';

const Notifications = dynamic(() => import('./real').then((module) => module.Notifications), { ssr: false });

/** What is said in passing. How it is drawn and moves is fetched with the first word. */
export function Notes() {
  const { notifications } = useNotifications();
  const [spoken, setSpoken] = useState(false);
  if (notifications.length > 0 && !spoken) setSpoken(true);
  return spoken ? <Notifications position="bottom-right" autoClose={8000} /> : null;
}
