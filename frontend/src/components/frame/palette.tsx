'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { Package, Search, Store as StoreIcon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { api, take } from '@/lib/api/client';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { href, useUrl } from '@/lib/url';
import { useScreens } from './links';

const MOST = 6;

/** Screens, stores, and products as the server finds them by name, SKU or barcode. Opens each time `asked` grows. */
export function Palette({ asked }: { asked: number }) {
  const t = useT();
  const router = useRouter();
  const { stores } = useSession();
  const { query, set } = useUrl();
  const [words, setWords] = useState('');
  const [settled] = useDebouncedValue(words.trim(), 200);
  const products = useProducts(settled);
  useEffect(() => {
    if (asked > 0) spotlight.open();
  }, [asked]);
  const fits = (text: string) => text.toLowerCase().includes(words.trim().toLowerCase());
  const pages = useScreens().filter(({ name }) => fits(t(name)));
  const places =
    words.trim() === '' ? [] : stores.filter(({ name, code }) => fits(`${name} ${code}`)).slice(0, MOST);
  const found = words.trim() === '' ? [] : (products.data ?? []);
  return (
    <Spotlight.Root query={words} onQueryChange={setWords} shortcut={null} maxHeight={420} scrollable>
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<Search size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {pages.length > 0 && (
          <Spotlight.ActionsGroup label={t('palette.pages')}>
            {pages.map(({ path, name, icon: Icon }) => (
              <Spotlight.Action
                key={path}
                label={t(name)}
                leftSection={<Icon size={18} aria-hidden />}
                onClick={() => router.push(href(path, query))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {found.length > 0 && (
          <Spotlight.ActionsGroup label={t('nav.products')}>
            {found.map(({ id, name, sku }) => (
              <Spotlight.Action
                key={id}
                label={name}
                description={sku}
                leftSection={<Package size={18} aria-hidden />}
                onClick={() => router.push(href('/products/', query, { id: String(id) }))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {places.length > 0 && (
          <Spotlight.ActionsGroup label={t('palette.stores')}>
            {places.map(({ id, name, code }) => (
              <Spotlight.Action
                key={id}
                label={name}
                description={code}
                leftSection={<StoreIcon size={18} aria-hidden />}
                onClick={() => set({ store: String(id) }, { push: true })}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {pages.length + found.length + places.length === 0 && (
          <Spotlight.Empty>{products.isFetching ? t('state.loading') : t('list.nothing')}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function useProducts(words: string) {
  return useQuery({
    queryKey: ['products', 'palette', words],
    queryFn: async ({ signal }) => {
      const query = { search: words, page_size: MOST };
      return (await take(api.GET('/api/products/', { params: { query }, signal }))).results;
    },
    enabled: words !== '',
    staleTime: 30_000,
  });
}
