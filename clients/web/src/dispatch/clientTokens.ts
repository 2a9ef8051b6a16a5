/**
 * The tokens that make a retry safe. The same wish has the same token until it is granted: if the answer was lost, another attempt does
 * nothing twice. The next wish of the same words has another one.
 */
export class ClientTokens {
  private readonly open = new Map<string, string>();

  constructor(private readonly random: () => string = () => crypto.randomUUID()) {}

  /** Runs a wish with its token. */
  async granted<T>(wish: unknown, attempt: (clientToken: string) => Promise<T>): Promise<T> {
    const key = JSON.stringify(wish);
    const token = this.open.get(key) ?? this.random();
    this.open.set(key, token);
    const answer = await attempt(token);
    this.open.delete(key);
    return answer;
  }
}
