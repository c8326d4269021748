import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { FilterKnowledge } from '../../../session/filter/knowledge.ts';
import type * as SchemaKnowledge from '../../../session/filter/schema-knowledge.ts';
import { useWorkbench } from '../workbench.ts';

/**
 * What is known of the values that fields can have: from the session, and from the schemas. These are large, so they
 * are loaded when the box is first used; until then there are only the names that the session holds.
 */
export function useKnowledge(wanted: boolean): FilterKnowledge {
  const { facts } = useWorkbench();
  const { stations, actions, rules } = useStore(facts);
  const [schemas, setSchemas] = useState<typeof SchemaKnowledge>();
  useEffect(() => {
    if (!wanted) return;
    let here = true;
    import('../../../session/filter/schema-knowledge.ts').then(
      (loaded) => here && setSchemas(loaded),
      // Without the schemas less is offered; the page says itself when its files are gone.
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [wanted]);
  return useMemo(() => {
    const facts = { stations, actions, rules };
    return schemas?.schemaKnowledge(facts) ?? { ...facts, errorCodes: [], properties: () => undefined };
  }, [schemas, stations, actions, rules]);
}
