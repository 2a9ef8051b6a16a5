import { AdvanceJobDocument, AssignDocument, type SessionStatus } from '../../generated/graphql';
import type { Board } from './board';
import { isActive } from './boardState';
import type { ClientTokens } from './clientTokens';
import { jobOf } from './jobs';

type Writes = Pick<Board, 'state' | 'ask' | 'wrote'>;

/**
 * Gives a job to a vendor, and takes it from the one who has it. Does nothing if that vendor has it: then the answer to an earlier attempt was
 * lost. Throws `Failed`.
 */
export async function giveJob(board: Writes, tokens: ClientTokens, incidentId: string, vendorId: string): Promise<void> {
  const session = jobOf(board.state.peek(), incidentId)?.session;
  if (session && isActive(session)) {
    if (session.vendor.id === vendorId) {
      return;
    }
    await reachStep(board, session.id, 'CANCELLED');
  }
  const input = { incidentId, vendorId };
  // An incident that has changed since needs another token. What this function itself has changed counts as before.
  const version = jobOf(board.state.peek(), incidentId)?.incident.version;
  const { startTrackingSession } = await tokens.granted([input, version], (clientToken) =>
    board.ask(AssignDocument, { input: { ...input, clientToken } }),
  );
  board.wrote({ sessions: [startTrackingSession] });
}

/** Reports a step of a session. Throws `Failed`. */
export async function reachStep(board: Writes, sessionId: string, status: SessionStatus): Promise<void> {
  const { updateSessionStatus } = await board.ask(AdvanceJobDocument, { input: { sessionId, status } });
  board.wrote({ sessions: [updateSessionStatus], incidents: [updateSessionStatus.incident] });
}
