import type { ComponentProps, ReactNode } from 'react';
import css from './data-table.module.css';

/**
 * Rows of values under the names of their columns. A class of the pane may set `--row-height`, `--head-height`,
 * `--cell-padding`, `--row-name-weight`, and, for names that stay in sight, `--head-position` with `--head-ground`.
 */
export function DataTable({ className = '', ...rest }: ComponentProps<'table'>): ReactNode {
  return <table {...rest} className={`${css.table} ${className}`} />;
}

/**
 * Facts, each a name with its value. A class of the pane may set `--facts-margin`, `--fact-name-gap`,
 * `--fact-name-wrap` and `--fact-gap`.
 */
export function FactsTable({ className = '', ...rest }: ComponentProps<'table'>): ReactNode {
  return <table {...rest} className={`${css.facts} ${className}`} />;
}
