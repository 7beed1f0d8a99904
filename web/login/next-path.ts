/** Our own pages behind the sign-in; everything else is none of them. */
const OURS = /^\/(?:desk|m)(?:\/|$)/;

/**
 * Where to go after signing in: the `next` of the address where it is one of our pages, read as the
 * browser will read it, so that `//elsewhere` and its like lead nowhere.
 *
 * @param search - of the address, such as `?next=%2Fm%2Fevents%2FSJ…`
 */
export function nextPath(search: string, otherwise: string): string {
  const wanted = new URLSearchParams(search).get("next");
  if (wanted === null) return otherwise;
  const base = "http://here.invalid";
  try {
    const { origin, pathname, search: query, hash } = new URL(wanted, base);
    return origin === base && OURS.test(pathname) ? `${pathname}${query}${hash}` : otherwise;
  } catch {
    return otherwise;
  }
}
