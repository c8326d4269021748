import type { ComponentProps, ReactNode } from 'react';
import css from './button.module.css';

/** A button of the workbench. `quiet` has no frame until it is pointed at; `primary` is the one to press. */
export function Button({
  look = 'plain',
  className = '',
  ...rest
}: ComponentProps<'button'> & { look?: 'plain' | 'primary' | 'quiet' }): ReactNode {
  const looks = look === 'plain' ? '' : css[look];
  return <button type="button" {...rest} className={`${css.button} ${looks} ${className}`} />;
}

/** A button that shows an icon and says its name in a tooltip and to those who listen. */
export function IconButton({
  label,
  children,
  className = '',
  ...rest
}: Omit<ComponentProps<'button'>, 'title' | 'aria-label'> & { label: string }): ReactNode {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      className={`${css.button} ${css.quiet} ${css.icon} ${className}`}
    >
      {children}
    </button>
  );
}
