'use client';

import { useQuery } from '@tanstack/react-query';
import { Select } from '@/components/select';
import { api, take } from '@/lib/api/client';
import { useT } from '@/lib/i18n';
import { useUrl } from '@/lib/url';

/** One category, kept in the address. */
export function CategorySelect() {
  const t = useT();
  const { get, set } = useUrl();
  const categories = useQuery({
    queryKey: ['categories'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/categories/', { params: { query: { page_size: 500, ordering: 'name' } }, signal })),
    staleTime: 300_000,
  });
  const data = (categories.data?.results ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  if (data.length === 0) return null;
  return (
    <Select
      aria-label={t('field.category')}
      placeholder={t('stock.all_categories')}
      data={data}
      value={get('category') || null}
      onChange={(category) => set({ category })}
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      searchable
      nothingFoundMessage={t('list.nothing')}
      w={{ base: '100%', sm: 190 }}
    />
  );
}
