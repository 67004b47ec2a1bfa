import type { NextConfig } from 'next';

// A static export: Django serves it, so no Node process runs beside the product. Ids are in the query string, because an
// export has no pages for ids that are not known at build time.
const config: NextConfig = {
  output: 'export',
  trailingSlash: true,
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  // `make lint` checks the types; who only builds need not wait for it.
  typescript: { ignoreBuildErrors: true },
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks', 'lucide-react'] },
};

export default config;
