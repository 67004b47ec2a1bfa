import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The green of the mark; shade 7 carries white text, shade 3 is read on dark. */
const onhand: MantineColorsTuple = [
  '#e7f6f5',
  '#d0ebe9',
  '#9fd8d4',
  '#6cc4bf',
  '#43b3ad',
  '#1f9c96',
  '#0b8480',
  '#00716f',
  '#005e5c',
  '#004a49',
];

/** Mantine's greys of the dark scheme, in the tint of the house. */
const dark: MantineColorsTuple = [
  '#edf3f1',
  '#d0dad7',
  '#a3b3af',
  '#6b7a76',
  '#394845',
  '#2b3835',
  '#17201e',
  '#0f1514',
  '#0b100f',
  '#070a0a',
];

export const theme = createTheme({
  primaryColor: 'onhand',
  primaryShade: { light: 7, dark: 7 },
  colors: { onhand, dark },
  fontFamily: 'var(--font-inter), "Noto Nastaliq Urdu", system-ui, sans-serif',
  headings: {
    fontFamily: 'inherit',
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.375rem', lineHeight: '1.3' } },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Badge: { defaultProps: { radius: 'sm' } },
    // A dialog's heading is not the page's banner.
    Modal: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
    Drawer: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
    Tooltip: { defaultProps: { openDelay: 400 } },
  },
});

/** Mantine's dimmed text is too faint for small sizes. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f6f8f8',
    '--mantine-color-text': '#17211f',
    '--mantine-color-dimmed': '#53615e',
    '--mantine-color-placeholder': '#66736f',
    '--mantine-color-error': '#b42318',
    '--mantine-color-default-border': '#cdd7d5',
    '--mantine-color-anchor': '#00716f',
  },
  dark: {
    '--mantine-color-body': '#0f1514',
    '--mantine-color-text': '#edf3f1',
    '--mantine-color-dimmed': '#a3b3af',
    '--mantine-color-placeholder': '#8b9a96',
    '--mantine-color-error': '#ff9a8f',
    '--mantine-color-default': '#17201e',
    '--mantine-color-default-hover': '#1f2a28',
    '--mantine-color-default-border': '#394845',
    '--mantine-color-anchor': '#6cc4bf',
  },
});
