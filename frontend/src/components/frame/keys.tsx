'use client';

import { Modal, Switch } from '@mantine/core';
import { useT } from '@/lib/i18n';
import css from './frame.module.css';
import { useSingleKeys } from './jumps';
import { useScreens } from './links';

export function Keys({ onClose }: { onClose: () => void }) {
  const t = useT();
  const screens = useScreens();
  const [enabled, setEnabled] = useSingleKeys();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('keys.title')}
      centered
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <dl className={css.keys}>
        <dt>
          <kbd>Ctrl</kbd> <kbd>K</kbd>
        </dt>
        <dd>{t('keys.palette')}</dd>
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>{t('keys.search')}</dd>
        {screens.map(({ key, name }) => (
          <Jump key={key} letter={key} name={t(name)} />
        ))}
        <dt>
          <kbd>+5</kbd> <kbd>=20</kbd>
        </dt>
        <dd>{t('keys.quantity')}</dd>
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>{t('keys.title')}</dd>
      </dl>
      <Switch
        mt="lg"
        label={t('keys.single')}
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
    </Modal>
  );
}

const Jump = ({ letter, name }: { letter: string; name: string }) => (
  <>
    <dt>
      <kbd>g</kbd> <kbd>{letter}</kbd>
    </dt>
    <dd>{name}</dd>
  </>
);
