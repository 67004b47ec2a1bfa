'use client';

import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { Check, Copy, KeyRound } from 'lucide-react';
import { useRef, useState } from 'react';
import { useT } from '@/lib/i18n';

type Props = { label: string; value: string; lead: string };

/** What is shown this once: a secret or a link that holds one. */
export function Secret({ label, value, lead }: Props) {
  const t = useT();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    field.current?.select();
    // Without HTTPS a browser has no clipboard for scripts; what is selected can be copied by hand.
    await navigator.clipboard?.writeText(value);
    setCopied(Boolean(navigator.clipboard));
  }
  return (
    <Alert variant="default" icon={<KeyRound size={18} aria-hidden />} title={label}>
      <Stack gap="xs">
        <Text size="sm">{lead}</Text>
        <Group gap="xs" wrap="nowrap" align="flex-end">
          <TextInput
            ref={field}
            aria-label={label}
            value={value}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
            styles={{ input: { fontFamily: 'monospace', fontSize: '0.8125rem' } }}
            style={{ flex: 1 }}
          />
          <Button
            variant="default"
            leftSection={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
            onClick={() => void copy()}
          >
            {copied ? t('action.copied') : t('action.copy')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
