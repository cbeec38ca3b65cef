// The laptop's clock: the distance from headquarters', how long it ran since the last anchor.
import { wallTime } from "../records/time.js";

const TICK = 5000;
const SLEPT = 15000;
let offset = null;
let anchor, ticked;
anchorHere();

function anchorHere() {
  anchor = { wall: Date.now(), ran: performance.now() };
  ticked = anchor;
}

/** A contact tells the server's time: it lies between `asked` and now. */
export function contact(serverTime, asked) {
  offset = Math.round(Date.parse(serverTime) - (asked + Date.now()) / 2);
  anchorHere();
  return offset;
}

/** The distance that an earlier page of this laptop found. */
export function remember(known) {
  offset ??= known ?? null;
}

// Ticks that stayed away are a laptop that slept: its wall clock ran on and the other one perhaps not. That is no jump.
setInterval(() => {
  const now = { wall: Date.now(), ran: performance.now() };
  const late = now.ran - ticked.ran > SLEPT;
  const woke = late || (document.visibilityState === "hidden" && now.wall - ticked.wall > SLEPT);
  if (woke) anchorHere();
  ticked = now;
}, TICK);

/** What goes with an entry: ms from headquarters' clock, the wall clock at the last anchor, and ms that truly passed since. */
export function clockFacts() {
  return {
    clock_offset_ms: offset, anchor_at: wallTime(new Date(anchor.wall)), monotonic_ms: Math.round(performance.now() - anchor.ran),
  };
}
