/** How far what is shown can be trusted. */
export interface Badge {
  readonly tone: 'good' | 'waiting' | 'quiet';
  readonly text: string;
}

export function BadgePill({ tone, text }: Badge) {
  return (
    <p class="badge" data-tone={tone}>
      {text}
    </p>
  );
}
