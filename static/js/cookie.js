/** The value of a cookie by the end of its name, since production adds a prefix. */
export function cookie(name) {
  const pair = document.cookie.split("; ").find((part) => part.split("=")[0].endsWith(name));
  return pair ? decodeURIComponent(pair.slice(pair.indexOf("=") + 1)) : "";
}
