/**
 * Returns the valid generations of a shared secret after a number of rotations. Each rotation changes either the sent
 * or the accepted generations, so the two sides may be updated in any order without a refused request.
 *
 * Example: after 0 rotations, 0 is sent and 0 and 1 are accepted. After 1, 1 is sent and 0 and 1 are accepted. After 2,
 * 1 is sent and 1 and 2 are accepted.
 */
export function generationsAfter(rotations: number) {
  const oldest = Math.floor(rotations / 2);
  return { accepted: [oldest, oldest + 1], sent: Math.ceil(rotations / 2) } as const;
}
