'use client';

import { Group, Text } from '@mantine/core';
import { ProductName } from '@/components/product-name';
import { PlainTable } from '@/components/table/plain-table';
import { useT } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import type { Transfer, TransferLine } from './queries';

const PARTS = [
  'requested',
  'dispatched',
  'received',
  'damaged',
  'short',
  'returned',
  'over',
  'in_transit',
] as const;
type Part = (typeof PARTS)[number];
const ALWAYS: Part[] = ['requested', 'dispatched', 'received', 'in_transit'];
const LOSSES: Part[] = ['damaged', 'short', 'over'];

/** Where every unit of every line is. Columns that would hold nothing but zeros are left out. */
export function LineTable({ transfer }: { transfer: Transfer }) {
  const t = useT();
  const { format } = useSession();
  const shown = PARTS.filter(
    (part) => ALWAYS.includes(part) || transfer.lines.some((line) => line[part] > 0),
  ).filter((part) => transfer.dispatched_at !== null || part === 'requested');
  const figure = (line: TransferLine, part: Part) => {
    const text = line[part] === 0 && part !== 'requested' ? '–' : format.quantity(line[part]);
    return LOSSES.includes(part) && line[part] > 0 ? (
      <span style={{ color: 'var(--bad)', fontWeight: 600 }}>{text}</span>
    ) : (
      text
    );
  };
  return (
    <PlainTable
      framed
      label={t('lines.label')}
      rows={transfer.lines}
      rowKey={(line) => line.product}
      columns={[
        {
          id: 'product',
          header: t('field.product'),
          cell: (line) => <ProductName id={line.product} name={line.product_name} sku={line.sku} />,
        },
        ...shown.map((part) => ({
          id: part,
          header: t(`transfer.part_${part}`),
          width: 116,
          end: true,
          cell: (line: TransferLine) => figure(line, part),
        })),
      ]}
      card={(line) => (
        <>
          <ProductName id={line.product} name={line.product_name} sku={line.sku} />
          <Group gap="md" mt={4}>
            {shown
              .filter((part) => part === 'requested' || line[part] > 0)
              .map((part) => (
                <Text key={part} size="xs" c="dimmed" className="figures">
                  {t(`transfer.part_${part}`)} {figure(line, part)}
                </Text>
              ))}
          </Group>
        </>
      )}
    />
  );
}
