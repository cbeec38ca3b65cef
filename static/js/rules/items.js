// What was carried into a machine room and what came out again. The twin of visits/records/items.py, held to it by shared vectors.
const COUNTS = { in: [1, 0], out: [-1, 0], stays: [-1, 0], borrowed: [0, 1], returned: [0, -1], removed: [0, 0] };

/** [[name, carried in and not accounted for, borrowed and not given back]] in the order in which the things were first named. */
export function uneven(rows) {
  const counts = new Map();
  for (const { name, direction, quantity } of rows) {
    const [inside, borrowed] = counts.get(name) ?? [0, 0];
    const [carried, lent] = COUNTS[direction];
    counts.set(name, [inside + carried * quantity, borrowed + lent * quantity]);
  }
  return [...counts].filter(([, [inside, borrowed]]) => inside || borrowed).map(([name, [inside, borrowed]]) => [name, inside, borrowed]);
}
