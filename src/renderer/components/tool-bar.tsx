import type { ComponentProps, ReactNode } from 'react';
import css from './tool-bar.module.css';

/**
 * The bar at the top of a pane. A class of the pane may set `--bar-gap`, `--bar-height`, `--bar-padding` and
 * `--bar-wrap`. One with a label is a toolbar to those who listen.
 */
export function ToolBar({
  label,
  className = '',
  ...rest
}: Omit<ComponentProps<'div'>, 'role' | 'aria-label'> & { label?: string }): ReactNode {
  const named = label === undefined ? {} : { role: 'toolbar', 'aria-label': label };
  return <div {...named} {...rest} className={`${css.bar} ${className}`} />;
}
