/** Stands for the picture of somebody whose name is beside it. */
export function Initials({ of: name }: { of: string }) {
  return (
    <span class="initials" aria-hidden="true">
      {name
        .split(/\s+/)
        .slice(0, 2)
        .map((word) => word.charAt(0).toUpperCase())
        .join('')}
    </span>
  );
}
