// Times in the site's zone. On the wire they are ISO minutes with the zone's offset.

/** Minutes that `zone` is ahead of UTC at that moment. */
function offsetMinutes(zone, moment) {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
  }).formatToParts(moment);
  const at = Object.fromEntries(parts.map((part) => [part.type, Number(part.value)]));
  const wall = Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute);
  return Math.round((wall - Math.floor(moment.getTime() / 60000) * 60000) / 60000);
}

function written(minutes) {
  const sign = minutes < 0 ? "-" : "+";
  const size = Math.abs(minutes);
  return sign + String(Math.floor(size / 60)).padStart(2, "0") + ":" + String(size % 60).padStart(2, "0");
}

/** "2026-11-24T09:05" as the site's clock shows it, to "2026-11-24T09:05+08:00". */
export function toIso(wall, zone) {
  const asUtc = new Date(`${wall.slice(0, 16)}:00Z`);
  const guess = offsetMinutes(zone, asUtc);
  const exact = offsetMinutes(zone, new Date(asUtc.getTime() - guess * 60000));
  return wall.slice(0, 16) + written(exact);
}

/** The site's clock at a moment, as a datetime-local input wants it. */
export function toWall(moment, zone) {
  const shifted = new Date(moment.getTime() + offsetMinutes(zone, moment) * 60000);
  return shifted.toISOString().slice(0, 16);
}

/** "2026-11-24 09:05" for people. */
export function shown(iso, zone) {
  return toWall(new Date(iso), zone).replace("T", " ");
}

/** A moment on the laptop's own wall clock, with its offset, milliseconds included. */
export function wallTime(moment) {
  const minutes = -moment.getTimezoneOffset();
  return new Date(moment.getTime() + minutes * 60000).toISOString().slice(0, 23) + written(minutes);
}

/** "2026-11-24 09:05" on the laptop's own clock; `length` 19 for the seconds as well. */
export function shownHere(moment, length = 16) {
  return wallTime(moment).slice(0, length).replace("T", " ");
}

export function deviceNow() {
  const now = new Date();
  return { device_at: wallTime(now), device_offset_minutes: -now.getTimezoneOffset() };
}
