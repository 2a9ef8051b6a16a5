import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { getOperationAST } from 'graphql';
import { useEffect, useRef } from 'react';

/** Runs what is in front as soon as the editors are there, unless it changes something. */
export function RunAtOnce() {
  const done = useRef(false);
  const { run } = useGraphiQLActions();
  const { document, ready } = useGraphiQL((state) => ({
    document: state.documentAST,
    ready: Boolean(state.queryEditor && state.variableEditor && state.responseEditor && state.schema),
  }));
  useEffect(() => {
    if (done.current || !ready || !document) {
      return;
    }
    done.current = true;
    const operation = getOperationAST(document)?.operation;
    if (operation === 'query' || operation === 'subscription') {
      void run();
    }
  }, [document, ready, run]);
  return null;
}
