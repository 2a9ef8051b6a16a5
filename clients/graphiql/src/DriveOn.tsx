import { useGraphiQL } from '@graphiql/react';
import { useEffect } from 'react';
import { nextFix, type Moved } from './drive';

/** Puts the next position of the vehicle into the variables once one was sent, so that each run of MoveVehicle moves it. */
export function DriveOn() {
  const { response, editor } = useGraphiQL((state) => {
    const tab = state.tabs[state.activeTabIndex];
    return { response: tab?.operationName === 'MoveVehicle' ? tab.response : null, editor: state.variableEditor };
  });
  useEffect(() => {
    const moved = response ? readMoved(response) : null;
    if (moved && editor) {
      editor.setValue(JSON.stringify({ ...JSON.parse(editor.getValue()), location: nextFix(moved) }, null, 2));
    }
  }, [response, editor]);
  return null;
}

function readMoved(response: string): Moved | null {
  try {
    const session = JSON.parse(response).data?.updateLocation?.session;
    return session?.currentLocation && session.incident?.position ? session : null;
  } catch {
    return null;
  }
}
