/**
 * Which generations of a shared secret are valid after a number of rotations. Each rotation changes either what is sent or what is
 * accepted, so the two sides may be updated in any order without a refused request:
 * 0 sends 0 and accepts 0 and 1; 1 sends 1 and accepts 0 and 1; 2 sends 1 and accepts 1 and 2.
 */
export function generationsAfter(rotations: number) {
  const oldest = Math.floor(rotations / 2);
  return { accepted: [oldest, oldest + 1], sent: Math.ceil(rotations / 2) } as const;
}
