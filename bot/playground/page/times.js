// Times as people read them. The clock of the playground can be ahead of the real one.

let ahead = 0;

/** Take over the playground's time, in seconds since 1970. */
export function setClock(seconds) {
  ahead = seconds - Date.now() / 1000;
}

/** Now in the playground, in seconds since 1970. */
export const now = () => Date.now() / 1000 + ahead;

const asDate = (seconds) => new Date(seconds * 1000);

// 24 hours everywhere, as bots write times, and as wide as the place that bubbles keep free for them.
const HOURS_AND_MINUTES = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

export const clockTime = (seconds) => asDate(seconds).toLocaleTimeString([], HOURS_AND_MINUTES);

export const exactTime = (seconds) =>
  asDate(seconds).toLocaleTimeString([], { ...HOURS_AND_MINUTES, second: "2-digit" });

const dayAndMonth = (seconds) => asDate(seconds).toLocaleDateString([], { day: "numeric", month: "short" });

const isDay = (seconds, other) => asDate(seconds).toDateString() === asDate(other).toDateString();

/** "14:05" today, "21 Nov" before. */
export const shortTime = (seconds) => (isDay(seconds, now()) ? clockTime(seconds) : dayAndMonth(seconds));

/** "Today", "Yesterday", "Thursday, 21 November". */
export function dayName(seconds) {
  if (isDay(seconds, now())) return "Today";
  if (isDay(seconds, now() - 86_400)) return "Yesterday";
  return asDate(seconds).toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
}

/** "24 Nov, 14:05" */
export const longTime = (seconds) => `${dayAndMonth(seconds)}, ${clockTime(seconds)}`;

/** Seconds until the clock shows "09:00" the next time. */
export function secondsUntil(time) {
  const [hours, minutes] = time.split(":").map(Number);
  const due = asDate(now());
  due.setHours(hours, minutes, 0, 0);
  if (due.getTime() / 1000 <= now()) due.setDate(due.getDate() + 1);
  return due.getTime() / 1000 - now();
}
