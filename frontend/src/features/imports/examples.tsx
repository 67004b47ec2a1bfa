'use client';

import { Button, Menu } from '@mantine/core';
import { FileDown } from 'lucide-react';
import { useT } from '@/lib/i18n';
import { EXAMPLES, type Kind } from './columns';

/** A small file of each kind, to see what the columns are called. */
export function Examples() {
  const t = useT();
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button variant="default" leftSection={<FileDown size={16} aria-hidden />}>
          {t('imports.examples')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.entries(EXAMPLES) as [Kind, string][]).map(([kind, text]) => (
          <Menu.Item
            key={kind}
            component="a"
            href={`data:text/csv;charset=utf-8,${encodeURIComponent(text)}`}
            download={`example-${kind}.csv`}
          >
            {t(`import.kind_${kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
