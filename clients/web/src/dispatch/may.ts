/** What a role may do on the board. What it may not do is not shown. */
export interface May {
  /** See the board at all. */
  readonly see: boolean;
  /** Report incidents, assign, take away and cancel jobs, share links, and see what the cache did. */
  readonly dispatch: boolean;
  /** Advance a session that it sees. */
  readonly step: boolean;
}

export function mayOf(role: string): May {
  const dispatch = role === 'DISPATCHER' || role === 'OPERATOR';
  const own = role === 'VENDOR';
  return { see: dispatch || own, dispatch, step: dispatch || own };
}
