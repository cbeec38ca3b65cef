// Places on the board as wall-clock minutes from the first day's midnight. No time zones here: the server knows them.
const DAY = 1440;
const OPENS = 8 * 60, OPEN_FOR = 10 * 60; // a day's column stands for the hours from 8 to 18

export function gridOf(board) {
  const { first, zone, step, columns, check, now } = board.dataset;
  return { first, zone, step: Number(step), columns: Number(columns), check, now: Number(now), byDay: Number(step) === DAY };
}

/** "2026-11-24T09:00" of a minute. */
export function wall(grid, minute) {
  const [year, month, day] = grid.first.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, day) + minute * 60000).toISOString().slice(0, 16);
}

/** "11-24 09:00–11:00", with the day of the end where it is another one. */
export function span(grid, start, end) {
  const [from, to] = [start, end].map((minute) => wall(grid, minute).slice(5).replace("T", " "));
  return `${from}–${from.slice(0, 5) === to.slice(0, 5) ? to.slice(6) : to}`;
}

export function rowsOf(board) {
  return [...board.querySelectorAll("[data-engineer]")];
}

/** The row below a point, the nearest one when it is above or below all of them. */
export function rowAt(rows, y) {
  return rows.find((row) => y < row.getBoundingClientRect().bottom) || rows.at(-1);
}

export function columnAt(row, grid, x) {
  const lane = row.lastElementChild.getBoundingClientRect();
  const place = ((x - lane.left) / lane.width) * grid.columns;
  return Math.max(0, Math.min(place, grid.columns - 0.001));
}

/** The minute that a point means: a column's beginning, or on a board of days an hour by the place within the day. */
export function minuteAt(row, grid, x) {
  const place = columnAt(row, grid, x);
  if (!grid.byDay) return Math.floor(place) * grid.step;
  const within = Math.round(((place % 1) * OPEN_FOR) / 30) * 30;
  return Math.floor(place) * DAY + OPENS + Math.min(within, OPEN_FOR - 30);
}

/** The rectangle of [start, end) in a row, in the window's pixels. */
export function rectangle(row, grid, start, end) {
  const lane = row.lastElementChild.getBoundingClientRect();
  const width = lane.width / grid.columns;
  const left = Math.max(0, Math.floor(start / grid.step)), right = Math.min(grid.columns, Math.max(left + 1, Math.ceil(end / grid.step)));
  return { left: lane.left + left * width, top: lane.top, width: (right - left) * width, height: lane.height };
}
