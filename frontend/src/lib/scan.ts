import { api, take } from '@/lib/api/client';

export type Named = { id: number; name: string; sku: string };
/** A product as its code names it; `units` is what one scan stands for: twelve for a case of twelve. */
export type Scanned = Named & { units: number };

/** The product that has this barcode or SKU; null when none has. Throws ApiError when it cannot be asked. */
export async function findByCode(code: string): Promise<Scanned | null> {
  const ask = (query: { barcode: string } | { sku: string }) =>
    take(api.GET('/api/products/', { params: { query: { ...query, page_size: 1 } } }));
  const [byBarcode, bySku] = await Promise.all([ask({ barcode: code }), ask({ sku: code })]);
  const product = byBarcode.results[0] ?? bySku.results[0];
  if (!product) return null;
  const scanned = product.barcodes?.find((one) => one.code === code);
  return { id: product.id, name: product.name, sku: product.sku, units: scanned?.units ?? 1 };
}
